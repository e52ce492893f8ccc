import type { Value } from '../../model/index.ts'

/** From and up to (not including) which character of the source. */
export interface Place {
  readonly from: number
  readonly to: number
}

/** Operators between two values. `==` and `<>` are read as `=` and `!=`. */
export type BinaryOperator =
  'or' | 'and' | '=' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | '&' | '+' | '-' | '*' | '/' | '%'

/** One field of a record that an expression builds. */
export interface FieldSyntax {
  readonly name: string
  readonly at: Place
  readonly value: Syntax
}

type Shape =
  /** A number, a text, true, false or null. */
  | { readonly kind: 'constant'; readonly value: Value }
  | { readonly kind: 'list'; readonly items: readonly Syntax[] }
  | { readonly kind: 'record'; readonly fields: readonly FieldSyntax[] }
  /** The first name of a path. */
  | { readonly kind: 'name'; readonly name: string }
  /** `of.name` or `of["name"]`. */
  | { readonly kind: 'member'; readonly of: Syntax; readonly name: string; readonly at: Place }
  /** `of[by]`. */
  | { readonly kind: 'index'; readonly of: Syntax; readonly by: Syntax }
  | { readonly kind: 'call'; readonly name: string; readonly at: Place; readonly args: readonly Syntax[] }
  | { readonly kind: 'unary'; readonly operator: '-' | 'not'; readonly operand: Syntax }
  | {
      readonly kind: 'binary'
      readonly operator: BinaryOperator
      readonly at: Place
      readonly left: Syntax
      readonly right: Syntax
    }
  /** Where a value should stand and none does. */
  | { readonly kind: 'missing' }

interface Extent extends Place {
  /** How many nodes it is made of. */
  readonly size: number
  /** How many nodes lie on top of each other in it. */
  readonly depth: number
}

/** An expression taken apart. */
export type Syntax = Shape & Extent

/** A syntax of one kind. */
export type SyntaxOf<K extends Syntax['kind']> = Extract<Shape, { kind: K }> & Extent

/** The node of this shape at this place. */
export function syntaxOf(shape: Shape, from: number, to: number): Syntax {
  let size = 1
  let depth = 0
  for (const part of partsOf(shape)) {
    size += part.size
    depth = Math.max(depth, part.depth)
  }
  return { ...shape, from, to, size, depth: depth + 1 }
}

/** The nodes that a node is directly made of, in the order of the source. */
export function partsOf(shape: Shape): readonly Syntax[] {
  switch (shape.kind) {
    case 'constant':
    case 'name':
    case 'missing':
      return []
    case 'list':
      return shape.items
    case 'record':
      return shape.fields.map(({ value }) => value)
    case 'member':
      return [shape.of]
    case 'index':
      return [shape.of, shape.by]
    case 'call':
      return shape.args
    case 'unary':
      return [shape.operand]
    case 'binary':
      return [shape.left, shape.right]
  }
}

/** The names of a path such as `flow.Count` or `it["First Name"]`; undefined for anything else. */
export function namesOf(syntax: Syntax): string[] | undefined {
  const names: string[] = []
  let at = syntax
  for (; at.kind === 'member'; at = at.of) names.push(at.name)
  return at.kind === 'name' ? [...names, at.name].reverse() : undefined
}

/**
 * How many names of a path say which value of the flow data it is about: `flow.Count`, `steps.send-1.Sent`, or one
 * name that a body adds. Further names look inside that value.
 */
export function rootLength(root: string): number {
  return root === 'flow' ? 2 : root === 'steps' ? 3 : 1
}
