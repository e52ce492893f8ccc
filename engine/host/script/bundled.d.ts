/** Returns the program of a file with all that it imports, as one text (scripts/bundled-text.mjs). */
declare module '*.ts?bundled' {
  const program: () => string
  export default program
}
