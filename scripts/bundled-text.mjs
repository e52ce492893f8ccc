// A Vite plugin: `import program from './worker.ts?bundled'` gives a function that returns the program of that file, with
// all that it imports, as one text. A worker made from a text needs no file to be found: in the sources as in a package.
import path from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { build } from 'vite'

const query = '?bundled'
const mark = '\0bundled:'

/** @returns {import('vite').Plugin} */
export function bundledText() {
  return {
    name: 'tailrace:bundled-text',
    enforce: 'pre',
    resolveId(source, importer) {
      if (!source.endsWith(query) || importer === undefined) return undefined
      return mark + path.resolve(path.dirname(importer), source.slice(0, -query.length))
    },
    async load(id) {
      if (!id.startsWith(mark)) return undefined
      const { code, modules } = await bundle(id.slice(mark.length))
      for (const file of modules) this.addWatchFile(file)
      const packed = brotliCompressSync(code, { params: { [constants.BROTLI_PARAM_QUALITY]: 7 } }).toString('base64')
      return `import { brotliDecompressSync } from 'node:zlib'
        export default () => brotliDecompressSync(Buffer.from('${packed}', 'base64')).toString()`
    }
  }
}

/** @param {string} file */
async function bundle(file) {
  const result = await build({
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: {
      ssr: file,
      target: 'node20.18',
      write: false,
      minify: true,
      rolldownOptions: { output: { format: 'cjs', codeSplitting: false } }
    }
  })
  const [output] = [result].flat()
  const chunk = output && 'output' in output ? output.output[0] : undefined
  if (!chunk) throw new Error(`Nothing was made of ${file}.`)
  return { code: chunk.code, modules: chunk.moduleIds.filter((each) => path.isAbsolute(each)) }
}
