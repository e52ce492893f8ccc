// Makes a .deb of the app folder with dpkg-deb alone: the program, its command with manual and completion, menu entry, icons
// and file type.
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  statSync,
  writeFileSync
} from 'node:fs'
import path from 'node:path'
import { buildCli, cli } from '../build.mjs'
import { run, runNode } from '../command.mjs'
import { at, manifest } from '../project.mjs'

const architectures = /** @type {Record<string, string>} */ ({ x64: 'amd64', arm64: 'arm64' })

/** The libraries Electron links whose packages bring all the others; newer systems renamed two of them. */
const depends = ['libgtk-3-0t64 | libgtk-3-0', 'libnss3', 'libasound2t64 | libasound2', 'libgbm1', 'libc6']
const recommends = ['libsecret-1-0', 'libnotify4', 'xdg-utils']

/** @param {string} folder of the app, which is moved into the package @param {string} work @returns {Promise<string>} the file */
export async function makeDeb(folder, work) {
  const { name, version } = manifest
  const architecture = architectures[process.arch]
  if (!architecture) throw new Error(`There are no .deb packages for ${process.arch}.`)
  const tree = path.join(work, 'deb')
  /** @param {string} from @param {string} to @param {number} mode */
  const put = (from, to, mode) => {
    const file = path.join(tree, to)
    mkdirSync(path.dirname(file), { recursive: true })
    cpSync(from, file)
    chmodSync(file, mode)
  }

  mkdirSync(path.join(tree, 'usr/lib'), { recursive: true })
  renameSync(folder, path.join(tree, 'usr/lib', name))
  tidy(path.join(tree, 'usr/lib', name))
  // Chromium's way into its sandbox where ordinary users may not make namespaces.
  chmodSync(path.join(tree, 'usr/lib', name, 'chrome-sandbox'), 0o4755)
  put(at('resources/linux/tailrace'), `usr/bin/${name}`, 0o755)
  put(at('resources/linux/tailrace.desktop'), `usr/share/applications/${name}.desktop`, 0o644)
  put(at('resources/linux/tailrace.mime.xml'), `usr/share/mime/packages/${name}.xml`, 0o644)
  put(at('resources/icon.png'), `usr/share/icons/hicolor/512x512/apps/${name}.png`, 0o644)
  put(at('resources/icon.svg'), `usr/share/icons/hicolor/scalable/apps/${name}.svg`, 0o644)
  put(at('resources/linux/tailrace.1'), `usr/share/man/man1/${name}.1`, 0o644)
  await buildCli()
  for (const [shell, file] of Object.entries(completions(name))) {
    const { code, output } = await runNode(cli, ['completion', shell], { quiet: true })
    if (code !== 0) throw new Error(`${output}\nThe completion for ${shell} could not be made.`)
    mkdirSync(path.dirname(path.join(tree, file)), { recursive: true })
    writeFileSync(path.join(tree, file), output, { mode: 0o644 })
  }
  mkdirSync(path.join(tree, 'usr/share/doc', name), { recursive: true })
  writeFileSync(path.join(tree, 'usr/share/doc', name, 'copyright'), copyright())
  mkdirSync(path.join(tree, 'DEBIAN'))
  writeFileSync(path.join(tree, 'DEBIAN/control'), control(architecture, path.join(tree, 'usr')))

  const file = at('dist', `${name}_${version}_${architecture}.deb`)
  mkdirSync(path.dirname(file), { recursive: true })
  const { code, output } = await run('dpkg-deb', ['--root-owner-group', '-Zzstd', '-z9', '--build', tree, file], {
    quiet: true
  })
  if (code !== 0) throw new Error(`${output}\ndpkg-deb could not build the package: see the messages above.`)
  return file
}

/** Where the shells look for the completion of a command. @param {string} name */
const completions = (name) => ({
  bash: `usr/share/bash-completion/completions/${name}`,
  zsh: `usr/share/zsh/vendor-completions/_${name}`,
  fish: `usr/share/fish/vendor_completions.d/${name}.fish`
})

/** Our licence, where to find Electron's, and those of the packages built in. */
function copyright() {
  const { name, productName } = manifest
  const electron = `${productName} contains Electron and Chromium. Their licences are beside the program in /usr/lib/${name}.`
  const parts = ['LICENSE', 'out/main/licenses.md', 'out/renderer/licenses.md'].map((file) =>
    readFileSync(at(file), 'utf8')
  )
  return [parts[0], electron, ...parts.slice(1)].join('\n\n')
}

/** @param {string} architecture @param {string} contents */
function control(architecture, contents) {
  const { name, version, author, description, productName } = manifest
  return [
    `Package: ${name}`,
    `Version: ${version}`,
    `Architecture: ${architecture}`,
    `Maintainer: ${author}`,
    `Installed-Size: ${Math.ceil(sizeOf(contents) / 1024)}`,
    `Depends: ${depends.join(', ')}`,
    `Recommends: ${recommends.join(', ')}`,
    'Section: devel',
    'Priority: optional',
    `Description: ${productName}, a desktop flow studio`,
    ` ${description}`,
    ''
  ].join('\n')
}

/** Folders and programs 755, all else 644, whatever the umask was. @param {string} folder */
function tidy(folder) {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name)
    if (entry.isDirectory()) tidy(file)
    else if (entry.isFile()) chmodSync(file, statSync(file).mode & 0o111 ? 0o755 : 0o644)
  }
}

/** @param {string} file @returns {number} */
function sizeOf(file) {
  if (!existsSync(file)) return 0
  const stat = statSync(file)
  if (!stat.isDirectory()) return stat.size
  return readdirSync(file).reduce((sum, name) => sum + sizeOf(path.join(file, name)), 0)
}
