import { type DataPath, type ItemTypes, type PathLookUp, dataPathsIn } from '../data/dataPath.ts'
import { checkOnce } from './expressionChecks.ts'
import {
  type ExpressionData,
  type ItemType,
  type Mapping,
  type StepId,
  type Value,
  type ValueType,
  formatPath,
  isRecord,
  itemTypeOf,
  itemTypes,
  mappingOf
} from '../../model/index.ts'
import type { Survey } from '../survey.ts'

/** What there is to know about the types of a flow's data. */
export interface DataTypes {
  readonly lookUp: PathLookUp
  readonly itemsOf: ItemTypes
  /** The type of what a mapping of the step `at` gives; undefined where that only shows at run time. */
  of(mapping: Mapping, at: StepId): ValueType | undefined
  /** What expressions of the step `at` may read. */
  scopeAt(at: StepId): ExpressionData
}

/** Finds types, each once. `known` gives all values at a step, for suggestions. */
export function dataTypesIn(survey: Survey, known: (at: StepId) => ReturnType<ExpressionData['known']>): DataTypes {
  const items = new Map<string, ValueType | undefined>()
  const itemsOf: ItemTypes = ({ step, inputs }, input) => {
    const key = `${step.id}:${input}`
    if (!items.has(key)) {
      // A list that is made of its own items has items of any type.
      items.set(key, undefined)
      const list = typeOf(mappingOf(inputs, step, input), step.id)
      items.set(key, list && (itemTypeOf(list) ?? list))
    }
    return items.get(key)
  }
  const lookUp = dataPathsIn(survey, itemsOf)
  const pathType = (data: DataPath): ValueType | undefined => {
    return data.kind === 'known' ? (data.type ?? 'Any') : undefined
  }
  const scopes = new Map<StepId, ExpressionData>()
  const scopeAt = (at: StepId): ExpressionData => {
    const scope = scopes.get(at) ?? {
      typeOf: (names) => pathType(lookUp(at, formatPath(names))),
      known: () => known(at)
    }
    scopes.set(at, scope)
    return scope
  }
  function typeOf(mapping: Mapping, at: StepId): ValueType | undefined {
    switch (mapping.kind) {
      case 'constant':
        return typeOfValue(mapping.value)
      case 'select': {
        const data = lookUp(at, mapping.path)
        return data.kind === 'known' ? data.type : undefined
      }
      case 'merge':
        return 'Text'
      case 'record':
        return 'Record'
      case 'list':
        return listOf(mapping.items.map((item) => typeOf(item, at)))
      case 'expression':
        return checkOnce(survey.lookup.expressions, mapping, scopeAt(at)).type
      case 'unset':
      case 'ignore':
      case 'null':
      case 'script':
        return undefined
    }
  }
  return { lookUp, itemsOf, of: typeOf, scopeAt }
}

function typeOfValue(value: Value): ValueType | undefined {
  if (value === null) return undefined
  if (Array.isArray(value)) return listOf((value as readonly Value[]).map(typeOfValue))
  if (isRecord(value)) return itemTypes.find((type) => type === value.$type) ?? 'Record'
  return typeof value === 'string' ? 'Text' : typeof value === 'number' ? 'Number' : 'Boolean'
}

/** The type of a list of such items: of one type if they all are. */
function listOf(types: readonly (ValueType | undefined)[]): ValueType {
  const [first] = types
  const item = first === undefined ? undefined : itemTypes.find((type) => type === first)
  return `List of ${item !== undefined && types.every((type) => type === first) ? item : ('Any' satisfies ItemType)}`
}
