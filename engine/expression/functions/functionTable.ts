import { dateFunctions } from './dateFunctions.ts'
import type { AnyParameter, FunctionDefinition } from './functionDefinition.ts'
import { itemFunctions } from './itemFunctions.ts'
import { listFunctions } from './listFunctions.ts'
import { numberFunctions } from './numberFunctions.ts'
import { recordFunctions } from './recordFunctions.ts'
import { textFunctions } from './textFunctions.ts'
import { typeFunctions } from './typeFunctions.ts'

/** All functions of the language by theme, in the order in which people are offered them. */
export const functionThemes: readonly { readonly title: string; readonly functions: readonly FunctionDefinition[] }[] =
  [
    { title: 'Choice and type', functions: typeFunctions },
    { title: 'Text', functions: textFunctions },
    { title: 'Number', functions: numberFunctions },
    { title: 'List', functions: listFunctions },
    { title: 'Items of a list', functions: itemFunctions },
    { title: 'Record', functions: recordFunctions },
    { title: 'Date', functions: dateFunctions }
  ]

/** All functions of the language by name. */
export const functionTable: ReadonlyMap<string, FunctionDefinition> = new Map(
  functionThemes.flatMap(({ functions }) => functions.map((one) => [one.name, one]))
)

/** How a function is called, in one line: `padLeft(text: Text, length: Number, fill?: Text)`. */
export function signatureOf({ name, parameters, repeats }: FunctionDefinition): string {
  const given = parameters.map((parameter) => parameterText(parameter))
  return `${name}(${given.join(', ')}${repeats ? ', …' : ''})`
}

function parameterText({ name, types, optional, perItem }: AnyParameter): string {
  const words = types.map((type) => (type === 'List of Any' ? 'List' : type)).join(' or ')
  return `${name}${optional ? '?' : ''}: ${perItem ? `${words} of each item` : words}`
}

/** The parameter that takes the argument at `index`; undefined when there is none. */
export function parameterAt({ parameters, repeats }: FunctionDefinition, index: number): AnyParameter | undefined {
  return parameters[index] ?? (repeats ? parameters.at(-1) : undefined)
}

/** How many arguments a function takes at least and at most. */
export function argumentCounts({ parameters, repeats }: FunctionDefinition): { least: number; most: number } {
  const least = parameters.filter(({ optional }) => !optional).length
  return { least, most: repeats ? Number.POSITIVE_INFINITY : parameters.length }
}
