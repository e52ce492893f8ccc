import path from 'node:path'
import { type Disk, systemDisk } from '../disk/disk.ts'
import { systemCode } from '../hostError.ts'

/** Names that Windows keeps for devices, whatever follows the first dot. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(\.|$)/i

/** Control characters, halves of characters, and what turns the direction in which a name is read. */
const unseen = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu

/** `text` for people to read: what they could not see, or would be misled by, is told by its number. */
export const visible = (text: string): string =>
  text.replaceAll(
    unseen,
    (character) => `‹U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}›`
  )

/** The most bytes that a name may have here: enough is left of the 255 that systems allow for a number or an ending. */
const mostBytes = 200

/** Whether `name` can be one file or folder on every system: no separators, device names, or trailing dots and spaces. */
export function isSafeName(name: string): boolean {
  return (
    name !== '' &&
    name !== '.' &&
    name !== '..' &&
    Buffer.byteLength(name) <= mostBytes &&
    !/[/\\:*?"<>|]/.test(name) &&
    name.search(unseen) < 0 &&
    !/[. ]$/.test(name) &&
    !name.startsWith(' ') &&
    !reserved.test(name)
  )
}

/** `text` as a safe name: what cannot stand in one becomes `_`. Empty text becomes `instead`. */
export function safeName(text: string, instead: string): string {
  const plain = start(
    text
      .normalize('NFC')
      .replaceAll(/[/\\:*?"<>|]/g, '_')
      .replaceAll(unseen, '_')
  )
    .trim()
    .replace(/[. ]+$/, '')
  if (plain === '') return instead
  return reserved.test(plain) ? `_${plain}` : plain
}

/** The first characters of a name, as many as there is room for. */
function start(name: string): string {
  let bytes = 0
  let length = 0
  for (const character of name) {
    bytes += Buffer.byteLength(character)
    if (bytes > mostBytes || length >= 120) break
    length += character.length
  }
  return name.slice(0, length)
}

/** Whether `file` is a relative path of safe names joined by forward slashes. */
export const isSafePath = (file: string): boolean => file.split('/').every(isSafeName)

/**
 * The absolute path of `relative` under `root`; undefined when it leads out, also by a symbolic link. What does not
 * exist yet is judged by the nearest folder that does.
 */
export async function pathInside(
  root: string,
  relative: string,
  disk: Pick<Disk, 'realpath'> = systemDisk
): Promise<string | undefined> {
  return (await realPathInside(root, relative, disk)) === undefined ? undefined : path.resolve(root, relative)
}

/** As `pathInside`, without symbolic links: what is opened there is what was judged. */
export async function realPathInside(
  root: string,
  relative: string,
  disk: Pick<Disk, 'realpath'> = systemDisk
): Promise<string | undefined> {
  const inside = path.resolve(root, relative)
  if (!lies(path.resolve(root), inside) || relative.includes('\0')) return undefined
  const place = await realPlace(inside, disk)
  return lies(await disk.realpath(root), place) ? place : undefined
}

/** Whether `file` is `folder` or lies in it; both absolute. */
function lies(folder: string, file: string): boolean {
  const relative = path.relative(folder, file)
  return relative === '' || (relative.split(path.sep)[0] !== '..' && !path.isAbsolute(relative))
}

/** Where `file` really is, or would be, once all symbolic links on the way are followed. */
async function realPlace(file: string, disk: Pick<Disk, 'realpath'>): Promise<string> {
  try {
    return await disk.realpath(file)
  } catch (error) {
    if (!['ENOENT', 'ENOTDIR'].includes(systemCode(error))) throw error
    const folder = path.dirname(file)
    return folder === file ? file : path.join(await realPlace(folder, disk), path.basename(file))
  }
}
