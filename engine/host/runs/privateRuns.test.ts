import { mkdir, readdir, stat, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { builtInSteps } from '../../steps/index.ts'
import { flowFromText } from '../../testing/flowFromText.ts'
import { temporaryFolder } from '../files/temporaryFolder.ts'
import { designerFolder } from '../folder/designerFolder.ts'
import { openInstallation } from '../installation/installation.ts'
import { resumeRun } from './resumeRun.ts'
import { startRun } from './startRun.ts'

const constant = (value: string) => ({ kind: 'constant', value }) as const

/** A Designer Folder with a flow that adds a document, keeps a mail and has a value for a blob. */
async function opened() {
  const root = await temporaryFolder()
  const userData = path.join(await temporaryFolder(), 'user data')
  const folder = designerFolder(root, () => 'new')
  const flow = flowFromText(
    'Start -> Add Document to Folder -> Send Email -> End Step\nSend Email -[Some Failed]-> End Step',
    builtInSteps,
    {
      steps: {
        'Add Document to Folder': { inputs: { Name: constant('a.txt'), Text: constant('x'.repeat(50_000)) } },
        'Send Email': {
          inputs: {
            To: { kind: 'constant', value: [{ address: 'ann@example.com' }] },
            Subject: constant('s'),
            Body: constant('b')
          }
        }
      }
    }
  )
  const document = { flow, layout: {} }
  const installation = openInstallation(userData)
  return {
    root,
    userData,
    installation,
    start: () => startRun({ folder, installation, path: 'a.flow.json', document })
  }
}

/** The permissions of a folder and of all in it, by path. */
async function modesIn(folder: string): Promise<Map<string, number>> {
  const modes = new Map([['', (await stat(folder)).mode & 0o777]])
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const file = path.join(entry.parentPath, entry.name)
    modes.set(path.relative(folder, file), (await stat(file)).mode & 0o777)
  }
  return modes
}

describe.runIf(process.platform !== 'win32')('what a run writes', () => {
  it('is for the person alone', async () => {
    const { root, userData, installation, start } = await opened()
    const run = await start()
    await run.suspend()
    await writeFile(path.join(run.processFolder.documents, '.half.tmp'), '')
    await (
      await resumeRun({ run: run.processFolder.path, installation })
    ).settled
    for (const home of [path.join(root, 'Process Folder'), userData]) {
      const modes = await modesIn(home)
      expect(modes.size).toBeGreaterThan(1)
      const isFolder = async (name: string) => (await stat(path.join(home, name))).isDirectory()
      for (const [name, mode] of modes) expect([name, mode]).toEqual([name, (await isFolder(name)) ? 0o700 : 0o600])
    }
  })

  it.each(['Process Folder', 'Process Folder/Flow'])('does not go through a link at %s', async (place) => {
    const { root, start } = await opened()
    const outside = await temporaryFolder()
    await mkdir(path.dirname(path.join(root, place)), { recursive: true })
    await symlink(outside, path.join(root, place))
    await expect(start()).rejects.toMatchObject({
      code: 'path-outside',
      message: expect.stringContaining('leads out of the Designer Folder')
    })
    expect(await readdir(outside)).toEqual([])
  })
})
