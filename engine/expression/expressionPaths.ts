import { replaceAt } from './expressionProblem.ts'
import { pathText } from './check/expressionScope.ts'
import { functionTable, parameterAt } from './functions/functionTable.ts'
import { parsedExpression } from './syntax/parsedExpression.ts'
import { type Place, type Syntax, namesOf, partsOf } from './syntax/syntax.ts'

/** A path that an expression reads, and where it stands in it. */
export interface ExpressionPath extends Place {
  /** All its names: `flow.Doc.name` has three. */
  readonly names: readonly string[]
}

/** The paths that an expression reads from its surroundings, in the order of the source; none when it has a mistake. */
export function expressionPaths(source: string): ExpressionPath[] {
  const { tree, problem } = parsedExpression(source)
  const paths: ExpressionPath[] = []
  if (!problem) collect(tree, false, paths)
  return paths
}

/** The expression with each path it reads replaced by what `change` makes of its names. */
export function changeExpressionPaths(source: string, change: (names: readonly string[]) => readonly string[]): string {
  return expressionPaths(source).reduceRight((changed, path) => {
    const names = change(path.names)
    const isSame = names.length === path.names.length && names.every((name, index) => name === path.names[index])
    return isSame ? changed : replaceAt(changed, path, pathText(names))
  }, source)
}

function collect(syntax: Syntax, perItem: boolean, paths: ExpressionPath[]): void {
  const names = namesOf(syntax)
  if (names) {
    const isItem = perItem && (names[0] === 'it' || names[0] === 'index')
    if (!isItem) paths.push({ names, from: syntax.from, to: syntax.to })
    return
  }
  const called = syntax.kind === 'call' ? functionTable.get(syntax.name) : undefined
  for (const [index, part] of partsOf(syntax).entries())
    collect(part, perItem || (called !== undefined && parameterAt(called, index)?.perItem === true), paths)
}
