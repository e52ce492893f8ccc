import { expressionMessages } from '../../messages/expression.ts'
import { nearestName, typeInside } from '../../model/index.ts'
import type { Check, ItemScope } from './check.ts'
import { replaceAt } from '../expressionProblem.ts'
import { memberText, pathText } from './expressionScope.ts'
import { functionTable, signatureOf } from '../functions/functionTable.ts'
import { type Place, type Syntax, type SyntaxOf, namesOf, rootLength } from '../syntax/syntax.ts'
import { type KnownType, isListType, isOpen, itemOf } from '../types.ts'

const { fixes } = expressionMessages

/** Checks `flow.Count`, `it.name`, `first(list).name`. */
export function checkPath(check: Check, syntax: SyntaxOf<'name' | 'member'>, item: ItemScope | undefined): KnownType {
  const names = namesOf(syntax)
  if (names === undefined) return checkMember(check, syntax, item)
  const [root = ''] = names
  if (item && (root === 'it' || root === 'index')) {
    if (syntax.kind === 'member') return checkMember(check, syntax, item)
    check.onVisit(syntax, 'Any', item)
    return root === 'it' ? item.type : 'Number'
  }
  if (names.length > rootLength(root)) return checkMember(check, syntax, item)
  check.onVisit(syntax, 'Any', item)
  const type = check.scope.typeOf(names)
  if (type !== undefined) return type
  if (check.isFull) return 'Any'
  const { message, instead } = unknownPath(check, syntax, names)
  const fix =
    instead === undefined ? undefined : { title: fixes.use(instead), source: replaceAt(check.source, syntax, instead) }
  check.report('expression-name', syntax, message, fix)
  return 'Any'
}

function checkMember(check: Check, syntax: SyntaxOf<'name' | 'member'>, item: ItemScope | undefined): KnownType {
  if (syntax.kind === 'name') return 'Any'
  const { of, name, at } = syntax
  const type = check.visit(of, item)
  check.onVisit(syntax, type, item)
  if (isOpen(type)) return 'Any'
  const written = check.source.slice(of.from, of.to)
  if (isListType(type)) {
    const title = fixes.wrap('map')
    const map = `map(${written}, it${memberText(name)})`
    const fix = { title, source: replaceAt(check.source, syntax, map) }
    check.report('expression-name', at, expressionMessages.fieldOfList(name, written), fix)
    return 'Any'
  }
  const field = typeInside(type, [name])
  if (field !== undefined) return field
  const known = fieldsOf(type)
  const nearest = nearestName(name, known)
  const member: Place = { from: of.to, to: syntax.to }
  const fix = nearest === undefined ? undefined : replaceAt(check.source, member, memberText(nearest))
  const message = expressionMessages.fieldUnknown(name, type, known)
  check.report(
    'expression-name',
    at,
    message,
    fix === undefined ? undefined : { title: fixes.use(nearest ?? ''), source: fix }
  )
  return 'Any'
}

/** The fields that a value of this type always has. */
export function fieldsOf(type: KnownType): readonly string[] {
  if (type === 'Email') return ['address']
  if (type === 'File') return ['name', 'path', 'size']
  return type === 'Date' ? ['iso'] : []
}

/** What is wrong with a path that names no value. */
function unknownPath({ source, scope }: Check, syntax: Syntax, names: readonly string[]): Unknown {
  const [root = ''] = names
  const isOneName = names.length === 1
  const called = isOneName ? functionTable.get(root) : undefined
  if (called) {
    const message = expressionMessages.functionWithoutCall(root, signatureOf(called))
    return called.parameters.length === 0 ? { message, instead: `${root}()` } : { message }
  }
  const written = source.slice(syntax.from, syntax.to)
  const known = scope.known().map(({ path }) => path)
  if (known.some((path) => path.length > names.length && names.every((name, index) => name === path[index])))
    return { message: expressionMessages.pathUnfinished(written) }
  if (isOneName && (root === 'it' || root === 'index')) return { message: expressionMessages.itemOutside(root) }
  const sameEnd = isOneName ? known.find((path) => path.at(-1) === root) : undefined
  const nearest = sameEnd ? pathText(sameEnd) : nearestName(pathText(names), known.map(pathText))
  const message = expressionMessages.pathUnknown(written, nearest)
  return nearest === undefined ? { message } : { message, instead: nearest }
}

interface Unknown {
  readonly message: string
  /** What to write in its place. */
  readonly instead?: string
}

/** Checks `list[0]` and `record[key]`. */
export function checkIndex(check: Check, syntax: SyntaxOf<'index'>, item: ItemScope | undefined): KnownType {
  const of = check.visit(syntax.of, item)
  const by = check.visit(syntax.by, item)
  if (isOpen(of)) return 'Any'
  const isList = isListType(of)
  if (!isList && (of === 'Text' || of === 'Number' || of === 'Boolean')) {
    check.report('expression-type', syntax, expressionMessages.notIndexable(of))
    return 'Any'
  }
  const expected = isList ? 'Number' : 'Text'
  if (!isOpen(by) && by !== expected)
    check.report('expression-type', syntax.by, expressionMessages.indexType(of, expected, by))
  return isList ? itemOf(of) : 'Any'
}
