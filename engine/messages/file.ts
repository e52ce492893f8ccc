/** What reading a flow file says when it cannot be read. Paths are JSON paths such as `flow.steps[2].name`. */
export const fileMessages = {
  empty: 'The file is empty. Bring back an earlier version of it, or delete it.',
  otherEncoding:
    'The file is not in UTF-8: it looks like UTF-16, or is no text at all. Save it as UTF-8 in a text editor, or bring back an earlier version of it.',
  tooBig: (limit: number) => `The file is bigger than ${limit} MB, which no flow needs. Is it really a flow file?`,
  conflict: (line: number) =>
    `The file holds both sides of a conflict that git could not settle, from line ${line} on. Settle it in a text editor: keep what is right and delete the lines that begin with <<<<<<<, ======= and >>>>>>>.`,
  syntax: (line: number, column: number, expected: string, found: string) =>
    `Line ${line}, column ${column}: expected ${expected}, but found ${found}. Mend it in a text editor, or bring back an earlier version of the file.`,
  unreadable: 'The file is no JSON that can be read. Bring back an earlier version of it.',
  tooDeep: (path: string, limit: number) => `“${path}” is nested more than ${limit} levels deep.`,
  tooLarge: (path: string) => `The number at “${path}” is too large.`,
  notAFlow: 'This is not a flow file: it does not begin with an object whose "format" is "tailrace-flow".',
  noVersion: '“version” must be a whole number from 1 on. It says which version of the file format this is.',
  newer: (version: number, known: number) =>
    `This flow was saved by a newer Tailrace, in version ${version} of the file format. This Tailrace reads up to version ${known}: update it to open the flow. The file was left as it is.`,
  missing: (path: string, expected: string) => `“${path}” is missing: it must be ${expected}.`,
  wrongType: (path: string, expected: string, found: string) => `“${path}” must be ${expected}, but it is ${found}.`,
  wrongValue: (path: string, found: string, values: string) =>
    `“${path}” is ${found}, but it must be one of ${values}.`,
  tooShort: (path: string) => `“${path}” must not be empty.`,
  oneOf: (path: string, one: string, other: string) => `“${path}” must have either “${one}” or “${other}”.`,
  wrong: (path: string, message: string) => `“${path}”: ${message}`,
  andMore: (message: string, more: number) =>
    `${message} (And ${more} more ${more === 1 ? 'problem' : 'problems'} in this file.)`,
  kinds: {
    string: 'a text',
    number: 'a number',
    boolean: 'true or false',
    array: 'a list in [ ]',
    object: 'an object in { }',
    record: 'an object in { }',
    null: 'null',
    value: 'any value'
  },
  found: {
    end: 'the end of the file',
    lineEnd: 'the end of the line',
    character: (character: string) => `“${character}”`
  },
  expected: {
    value: 'a value',
    name: 'a name in double quotes',
    nameOrEnd: 'a name in double quotes or “}”',
    valueOrEnd: 'a value or “]”',
    colon: '“:”',
    commaOrBrace: '“,” or “}”',
    commaOrBracket: '“,” or “]”',
    end: 'nothing more',
    quote: 'a double quote at the end of the text',
    escape: 'one of " \\ / b f n r t u after the backslash',
    hex: 'four hexadecimal digits after \\u',
    digit: 'a digit',
    word: 'true, false or null'
  }
} as const
