/** What follows `--cli` on the command line; undefined when the studio itself is wanted. */
export function commandLineArguments(argv: readonly string[]): readonly string[] | undefined {
  const at = argv.indexOf('--cli')
  return at < 0 ? undefined : argv.slice(at + 1)
}
