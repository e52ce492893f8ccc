import { type DataPath, type ItemTypes, type PathLookUp, dataPathsIn } from './dataPath.ts'
import type { ExpressionScope } from '../../expression/index.ts'
import { type DrawnData, kindOf } from '../../mapping/index.ts'
import { type Mapping, type StepId, type ValueType, formatPath, itemTypeOf, mappingOf } from '../../model/index.ts'
import type { Survey } from '../survey.ts'

/** What there is to know about the types of a flow's data. */
export interface DataTypes {
  readonly lookUp: PathLookUp
  readonly itemsOf: ItemTypes
  /** The type of what a mapping of the step `at` gives; undefined where that only shows at run time. */
  of(mapping: Mapping, at: StepId): ValueType | undefined
  /** What mappings of the step `at` may read. */
  drawnAt(at: StepId): DrawnData
}

/** Finds types, each once. `known` gives all values at a step, for suggestions. */
export function dataTypesIn(survey: Survey, known: (at: StepId) => ReturnType<ExpressionScope['known']>): DataTypes {
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
  function typeOf(mapping: Mapping, at: StepId): ValueType | undefined {
    return kindOf(mapping).type(mapping, drawnAt(at))
  }
  const drawn = new Map<StepId, DrawnData>()
  const drawnAt = (at: StepId): DrawnData => {
    const data = drawn.get(at) ?? {
      typeAt: (path) => {
        const found = lookUp(at, path)
        return found.kind === 'known' ? found.type : undefined
      },
      typeOf: (mapping) => typeOf(mapping, at),
      scope: { typeOf: (names) => pathType(lookUp(at, formatPath(names))), known: () => known(at) }
    }
    drawn.set(at, data)
    return data
  }
  return { lookUp, itemsOf, of: typeOf, drawnAt }
}
