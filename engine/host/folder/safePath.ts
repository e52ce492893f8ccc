import path from 'node:path'
import { type Disk, systemDisk } from '../disk/disk.ts'
import { systemCode } from '../hostError.ts'

/** Names that Windows keeps for devices, whatever follows the first dot. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(\.|$)/i

/** Whether `name` can be one file or folder on every system: no separators, device names, or trailing dots and spaces. */
export function isSafeName(name: string): boolean {
  return (
    name !== '' &&
    name !== '.' &&
    name !== '..' &&
    name.length <= 200 &&
    !/[/\\:*?"<>|\p{Cc}]/u.test(name) &&
    !/[. ]$/.test(name) &&
    !name.startsWith(' ') &&
    !reserved.test(name)
  )
}

/** `text` as a safe name: what cannot stand in one becomes `_`. Empty text becomes `instead`. */
export function safeName(text: string, instead: string): string {
  const plain = text
    .normalize('NFC')
    .replaceAll(/[/\\:*?"<>|\p{Cc}]/gu, '_')
    .slice(0, 120)
    .trim()
    .replace(/[. ]+$/, '')
  if (plain === '') return instead
  return reserved.test(plain) ? `_${plain}` : plain
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
  const inside = path.resolve(root, relative)
  if (!lies(path.resolve(root), inside) || relative.includes('\0')) return undefined
  return lies(await disk.realpath(root), await realPlace(inside, disk)) ? inside : undefined
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
