import { execFileSync } from 'node:child_process'
import { mkdir, symlink, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** A Designer Folder with something in it that nobody would put there by mistake, beside flows that are sound. */
export interface HostileFolder {
  readonly name: string
  /** Puts it into `folder`, in which the run folder `run` has a sound journal. */
  readonly make: (folder: string, run: string) => Promise<void> | void
}

const fifo = (file: string): void => {
  execFileSync('mkfifo', [file])
}

const flowWith = (step: object, name = 'Hostile'): string =>
  JSON.stringify({
    format: 'tailrace-flow',
    version: 1,
    flow: {
      id: 'hostile',
      name,
      inputs: [],
      outputs: [],
      steps: [
        { id: 'start', type: 'start', name: 'Start' },
        { id: 'end', type: 'end', name: 'End Step' },
        { id: 'bad', ...step }
      ],
      connections: [
        { from: 'start', outcome: 'Done', to: 'bad' },
        { from: 'bad', outcome: 'Done', to: 'end' }
      ]
    }
  })

const file = (name: string, content: string | Buffer) => ({
  make: (folder: string) => writeFile(path.join(folder, name), content)
})

const inRun = (name: string, content: string) => ({
  make: (_: string, run: string) => writeFile(path.join(run, name), content)
})

export const hostileFolders: readonly HostileFolder[] = [
  { name: 'a pipe as a flow', make: (folder) => fifo(path.join(folder, 'Pipe.flow.json')) },
  { name: 'a pipe as a summary', make: (_, run) => replaceByPipe(path.join(run, 'run.json')) },
  { name: 'a pipe as a journal', make: (_, run) => replaceByPipe(path.join(run, 'journal.jsonl')) },
  { name: 'a pipe as a claim', make: (_, run) => replaceByPipe(path.join(run, 'running.json')) },
  {
    name: 'a device as a flow',
    make: (folder) => {
      execFileSync('mknod', [path.join(folder, 'Zero.flow.json'), 'c', '1', '5'])
    }
  },
  { name: 'a folder that leads to itself', make: (folder) => symlink('.', path.join(folder, 'Loop')) },
  {
    name: 'links that lead to each other',
    make: (folder) =>
      Promise.all([
        symlink('B.flow.json', path.join(folder, 'A.flow.json')),
        symlink('A.flow.json', path.join(folder, 'B.flow.json'))
      ]).then(() => undefined)
  },
  { name: 'a link to the root', make: (folder) => symlink('/', path.join(folder, 'Everything')) },
  {
    name: 'a link to a file elsewhere',
    make: (folder) => symlink('/etc/passwd', path.join(folder, 'Passwords.flow.json'))
  },
  {
    name: 'a folder with the name of a flow',
    make: async (folder) => await mkdir(path.join(folder, 'Folder.flow.json'))
  },
  {
    name: 'a flow of ten gigabytes',
    make: async (folder) => {
      await writeFile(path.join(folder, 'Huge.flow.json'), '{')
      await truncate(path.join(folder, 'Huge.flow.json'), 10 * 1024 ** 3)
    }
  },
  {
    name: 'a flow that is nested too deeply',
    ...file('Deep.flow.json', `${'['.repeat(200_000)}${']'.repeat(200_000)}`)
  },
  {
    name: 'a flow in UTF-16, and one with conflict marks',
    make: async (folder) => {
      await writeFile(path.join(folder, 'Sixteen.flow.json'), Buffer.from('\ufeff{}', 'utf16le'))
      await writeFile(path.join(folder, 'Both.flow.json'), '<<<<<<< ours\n{}\n=======\n{}\n>>>>>>> theirs\n')
    }
  },
  {
    name: 'names that are more than names',
    make: async (folder) => {
      for (const name of [
        '__proto__',
        'constructor',
        'a\nb\u001b[31m',
        '\u202egpj.exe',
        'x'.repeat(240),
        '<img src=x onerror=alert(1)>'
      ])
        await writeFile(path.join(folder, `${name}.flow.json`), flowWith({ type: 'go-async', name: 'Go' }, name))
    }
  },
  {
    name: 'a summary from the future',
    ...inRun('run.json', JSON.stringify({ format: 1, epoch: 1e10, id: '../../..', flow: {}, reply: 7 }))
  },
  {
    name: 'claims beyond all numbers',
    make: async (_, run) => {
      for (const name of ['running-999999999.json', '.carried-1e400.json', 'running.json'])
        await writeFile(path.join(run, name), '{"pid":1,"epoch":1.5}')
    }
  },
  {
    name: 'a start that names a server and another root',
    ...inRun('start.json', JSON.stringify({ mail: 'smtp://127.0.0.1:9', root: '/' }))
  },
  {
    name: 'a table with 4,000 columns of one name',
    make: async (folder) => {
      await writeFile(path.join(folder, 'Heads.csv'), `${Array.from({ length: 4000 }, () => 'a').join(',')}\n`)
      await writeFile(
        path.join(folder, 'Heads.flow.json'),
        flowWith({
          type: 'email-address-list',
          name: 'List',
          settings: { Source: 'Document' },
          inputs: { Document: { kind: 'constant', value: 'Heads.csv' } }
        })
      )
    }
  },
  {
    name: 'a mail of ten thousand open tags',
    ...file(
      'Tags.flow.json',
      flowWith({
        type: 'send-email',
        name: 'Send',
        inputs: { Body: { kind: 'merge', format: 'html', template: '<a href="'.repeat(10_000) } }
      })
    )
  },
  {
    name: 'sub-flows and documents that lead out of it',
    ...file('Out.flow.json', flowWith({ type: 'run-flow', name: 'Out', settings: { Flow: '../../../../etc/passwd' } }))
  }
]

async function replaceByPipe(name: string): Promise<void> {
  execFileSync('rm', ['-f', name])
  fifo(name)
  await Promise.resolve()
}
