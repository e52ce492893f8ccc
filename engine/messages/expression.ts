import { shorten } from './shorten.ts'

/** How messages write numbers. */
const number = (value: number): string => value.toLocaleString('en-US')

const quoted = (names: readonly string[]): string => names.map((name) => `“${name}”`).join(', ')

const meant = (nearest: string | undefined): string => (nearest === undefined ? '' : ` Did you mean “${nearest}”?`)

/** “a Number”, “a List of Text”, “Any” has no article. */
const a = (type: string): string => (/^[AEIOU]/.test(type) ? `an ${type}` : `a ${type}`)

/** What is said about expressions: while they are written, and when one is too much at run time. */
export const expressionMessages = {
  // Writing
  empty: 'The expression is empty. Write one, such as “flow.Count + 1”.',
  theEnd: 'the end',
  theText: (text: string) => `the text “${shorten(text)}”`,
  tooLongSource: (length: number, limit: number) =>
    `The expression has ${number(length)} characters. At most ${number(limit)} are allowed: use a Script mapping or several steps.`,
  nestedTooDeeply: (limit: number) =>
    `More than ${number(limit)} brackets, calls or signs stand inside each other here. Split the expression into several steps.`,
  tooManyOperations: (limit: number) =>
    `More than ${number(limit)} operations hang together here. Split the expression into several steps, or use join and sum on a list.`,
  valueExpected: (found: string) =>
    `A value is expected here, such as a number, a 'text', a path or a function, but ${found} was found.`,
  operatorExpected: (found: string, open: string | undefined) =>
    open === undefined
      ? `An operator such as + or = is expected here, or the end, but ${found} was found.`
      : `An operator, a comma or the end of “${open}” is expected here, but ${found} was found.`,
  nameExpected: (found: string) => `A name is expected after the dot, but ${found} was found.`,
  fieldExpected: (found: string) =>
    `The name of a field is expected here, as in {name: 'Ada'}, but ${found} was found.`,
  colonExpected: (field: string, found: string) =>
    `A colon and a value are expected after the field “${shorten(field)}”, as in {name: 'Ada'}, but ${found} was found.`,
  notClosed: (open: string, close: string, found: string) =>
    `“${open}” is never closed: “${close}” is expected here, but ${found} was found.`,
  notCallable: (path: string) =>
    `“${shorten(path)}” is a value and cannot be called. Only functions can: write the function first, as in length(${shorten(path)}).`,
  comparedTwice: 'Only two values can be compared at a time. Write “a < b and b < c” for a row of comparisons.',
  textNotClosed: (quote: string) => `This text is never closed: the quote ${quote} is missing at its end.`,
  escapeUnknown: (escape: string) =>
    `“\\${escape}” means nothing in a text. Write \\\\ for a backslash, \\n for a new line, \\' or \\" for a quote.`,
  numberWithLetters: (digits: string, letters: string) =>
    `“${shorten(digits + letters)}” is neither a number nor a name. Put an operator between ${digits} and ${shorten(letters)}, or write a text in quotes.`,
  numberTooLarge: (digits: string) => `The number ${shorten(digits)} is too large. The largest is about 1.8e308.`,
  strangeCharacter: (character: string) =>
    `“${character}” has no meaning in an expression. Texts stand in quotes: '${character}'.`,
  /** What a sign of other languages is called here, and the spelling to use where one can be put in its place. */
  foreign: (sign: string): [message: string, instead?: string] => {
    switch (sign) {
      case '===':
        return ['Equality is written with one =.', '=']
      case '!==':
        return ['Inequality is written !=.', '!=']
      case '&&':
        return ['Write “and” instead of “&&”.', 'and']
      case '||':
        return ['Write “or” instead of “||”.', 'or']
      case '!':
        return ['Write “not” instead of “!”.', 'not ']
      case '=>':
        return ['List functions need no arrow: the item is called it, as in filter(list, it.age > 3).']
      case '?':
        return [
          'Choices are written with a function: if(condition, value, other value). For missing values use default.'
        ]
      case ';':
        return ['An expression is one value and has no “;” in it. Separate arguments with commas.']
      case '|':
        return ['“|” has no meaning here. Write “or” between conditions, or & to join texts.']
      default:
        return [`Texts stand in straight quotes, not in ${sign}.`, '‘’‚'.includes(sign) ? "'" : '"']
    }
  },

  // Names
  pathUnknown: (path: string, nearest: string | undefined) =>
    `“${shorten(path)}” is no value of this flow.${meant(nearest)}`,
  pathUnfinished: (path: string) => `“${path}” alone is no value. Go on with a dot and a name, such as “${path}.…”.`,
  itemOutside: (name: string) =>
    `“${name}” only has a meaning between the brackets of a list function, as in filter(list, it.age > 3).`,
  functionWithoutCall: (name: string, signature: string) => `“${name}” is a function and needs brackets: ${signature}.`,
  functionUnknown: (name: string, nearest: string | undefined) =>
    `There is no function “${shorten(name)}”.${meant(nearest)}`,
  fieldUnknown: (field: string, type: string, known: readonly string[]) =>
    known.length === 0
      ? `${upper(a(type))} has no fields, so “.${shorten(field)}” finds nothing in it.`
      : `${upper(a(type))} has no field “${shorten(field)}”. Its fields are ${quoted(known)}.`,
  fieldOfList: (field: string, list: string) =>
    `“${shorten(list)}” is a list, so “.${shorten(field)}” finds nothing in it. Take one item, as in ${shorten(list)}[0], or use map.`,
  fieldTwice: (field: string) => `The field “${shorten(field)}” is set twice in this record. Remove one of the two.`,
  argumentMissing: (name: string, parameter: string, signature: string) =>
    `“${name}” also needs “${parameter}”: ${signature}.`,
  argumentsTooMany: (name: string, most: number, signature: string) =>
    most === 0
      ? `“${name}” takes nothing between its brackets: ${signature}.`
      : `“${name}” takes at most ${most === 1 ? 'one value' : `${number(most)} values`}: ${signature}.`,

  // Types
  argumentType: (name: string, parameter: string, expected: string, found: string) =>
    `“${parameter}” of “${name}” must be ${a(expected)}, but this is ${a(found)}.`,
  argumentChoice: (name: string, parameter: string, found: string, choices: readonly string[]) =>
    `“${parameter}” of “${name}” must be one of ${quoted(choices)}, but it is “${shorten(found)}”.`,
  operandType: (operator: string, expected: string, found: string) =>
    `${upper(operator)} takes ${a(expected)} on each side, but this is ${a(found)}.`,
  signType: (operator: string, expected: string, found: string) =>
    `${upper(operator)} takes ${a(expected)}, but this is ${a(found)}.`,
  plusOnText: 'Texts are joined with &, not with +.',
  dateArithmetic: (operator: string) =>
    operator === '-'
      ? "Dates are not subtracted with “-”. Use difference(from, to, 'days') or add(date, -1, 'days')."
      : `Dates have no “${operator}”. Use add(date, 1, 'days').`,
  notComparable: (left: string, right: string) =>
    left === right
      ? `${upper(a(left))} is neither before nor after another one: only numbers, texts and dates can be compared so.`
      : `${upper(a(left))} and ${a(right)} cannot be compared: both must be numbers, texts or dates.`,
  neverEqual: (left: string, right: string) => `${upper(a(left))} never equals ${a(right)}.`,
  inType: (found: string) => `On the right of “in” a list is expected, but this is ${a(found)}.`,
  indexType: (of: string, expected: string, found: string) =>
    `Between the brackets after ${a(of)}, ${a(expected)} is expected, but this is ${a(found)}.`,
  notIndexable: (type: string) =>
    type === 'Text'
      ? 'A Text has no items. Use substring(text, from, length) for a part of it.'
      : `Only lists and records have something in brackets, but this is ${a(type)}.`,
  resultType: (expected: string, found: string) =>
    `The expression gives ${a(found)}, but ${a(expected)} is expected here.`,
  fixes: {
    insert: (text: string) => `Insert “${text}”`,
    write: (text: string) => `Write ${shorten(text).trim()}`,
    use: (path: string) => `Use “${shorten(path)}”`,
    wrap: (name: string) => `Use ${name}(…)`
  },

  // At run time
  invalid: (source: string, message: string) => `The expression “${shorten(source)}” cannot be evaluated. ${message}`,
  textTooLong: (limit: number) =>
    `An expression would make a text of more than ${number(limit)} characters. Use less text, or write it to a document in a step.`,
  listTooLong: (limit: number) =>
    `An expression would make a list of more than ${number(limit)} items. Work through the data with For Each instead.`,
  resultTooLarge:
    'An expression would make a list or record that is too large to keep. Work through the data with For Each instead.',
  tooMuchWork:
    'An expression was stopped because it took too long: it goes through too many items, or through lists inside lists. Filter the list first, or use For Each.',
  dataTooDeep: (limit: number) =>
    `An expression was stopped because its data holds more than ${number(limit)} lists and records inside each other.`
} as const

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
