// `npm run try-deb`: makes the .deb, installs it, uses it as an ordinary user with and without a display, takes a
// picture of the screen (dist/try-deb.png), removes it all again and looks whether anything is left. Needs root.
import { copyFileSync, existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { run, runNode } from './command.mjs'
import { at, manifest } from './project.mjs'
import { ensureSystemPackages } from './system-packages.mjs'

const user = 'tailrace-try'
const home = `/home/${user}`
const resources = `/usr/lib/${manifest.name}/resources/app.asar.unpacked/resources`
const quiet = { quiet: true, cwd: '/' }

/** Opens the studio, waits until something is drawn, takes the picture, asks it to end. */
const session = `
tailrace & app=$!
colours=0; tries=0
while [ "$colours" -lt 40 ] && [ "$tries" -lt 60 ] && kill -0 $app 2>/dev/null; do
  sleep 1; tries=$((tries + 1))
  import -silent -window root screen.png && colours=$(identify -format %k screen.png)
done
sleep 4
import -silent -window root screen.png
[ "$colours" -ge 40 ] && echo DRAWN
pages=$(pgrep -u "$(id -u)" -f '[t]ype=renderer' | head -1)
grep -q 'Seccomp:.*2' "/proc/$pages/status" && echo SANDBOXED
kill $app
for second in 1 2 3 4 5 6 7 8 9 10; do
  sleep 1
  kill -0 $app 2>/dev/null || { echo ENDED; exit; }
done
kill -KILL $app
`

/** @type {string[]} */
const failures = []
/** @param {string} what @param {boolean} well @param {string} [detail] */
function report(what, well, detail = '') {
  console.log(`${well ? 'ok    ' : 'FAILED'} ${what}${detail && `: ${detail}`}`)
  if (!well) failures.push(what)
}

/** @param {string} output */
const lastOf = (output) => output.trim().split('\n').at(-1) ?? ''

/** As the user, with nothing of our environment. @param {string[]} command */
const asUser = (command) => {
  const environment = [`HOME=${home}`, `TMPDIR=${home}`, 'PATH=/usr/bin:/bin', 'LANG=C.UTF-8']
  return run('runuser', ['-u', user, '--', 'env', '-i', '-C', home, ...environment, ...command], {
    ...quiet,
    minutes: 4
  })
}

async function tryIt() {
  const version = await asUser(['tailrace', '--version'])
  report('tailrace --version', version.code === 0 && version.output.includes(manifest.version), version.output.trim())

  const samples = await run('find', [resources, '-name', '*.flow.json'], quiet)
  const count = samples.output.split('\n').filter(Boolean).length
  // The sample to be finished by hand has an error on purpose: 2 is as good as 0, when all of them were looked at.
  const check = await asUser(['tailrace', 'check', resources])
  const checked = [0, 2].includes(check.code) && check.output.includes(`${count} flows checked`)
  report(`tailrace check on the ${count} flows installed`, count > 0 && checked, lastOf(check.output))

  const demo = await asUser(['tailrace', 'demo'])
  report('tailrace demo', demo.code === 0 && demo.output.includes('Settled: completed'), lastOf(demo.output))

  const wrong = await asUser(['tailrace', 'run', '/nowhere.flow.json'])
  report('tailrace run without a flow ends with 2', wrong.code === 2, lastOf(wrong.output))

  const blind = await asUser(['tailrace'])
  report('tailrace without a display says so', blind.code === 2 && blind.output.includes('no display'))

  const screen = await asUser(['xvfb-run', '-a', '-s', '-screen 0 1440x900x24', 'sh', '-c', session])
  for (const [what, word] of Object.entries({
    opens: 'DRAWN',
    'draws in a sandbox': 'SANDBOXED',
    'ends when asked': 'ENDED'
  })) {
    const well = screen.output.includes(word)
    report(`the studio ${what}`, well, well ? '' : screen.output.trim().slice(-600))
  }
  if (existsSync(`${home}/screen.png`)) copyFileSync(`${home}/screen.png`, at('dist/try-deb.png'))
}

async function main() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    throw new Error('This installs a package and makes a user for a moment, so it needs root on a Debian-like system.')
  }
  await ensureSystemPackages({
    withDisplay: true,
    also: ['import', 'identify'].map((program) => ({ program, packages: ['imagemagick'] }))
  })
  const dist = await runNode(at('scripts/dist.mjs'))
  if (dist.code !== 0) throw new Error('There is no package to try.')
  const architecture = (await run('dpkg', ['--print-architecture'], quiet)).output.trim()
  const file = at('dist', `${manifest.name}_${manifest.version}_${architecture}.deb`)

  const apt = ['-o', 'DPkg::Lock::Timeout=300', '-y', '--no-install-recommends']
  const installed = await run('apt-get', ['install', ...apt, file], quiet)
  report('apt-get install', installed.code === 0, installed.code === 0 ? '' : installed.output)
  /** @type {string[]} */
  let files = []
  try {
    if (installed.code === 0) {
      files = (await run('dpkg', ['-L', manifest.name], quiet)).output
        .split('\n')
        .filter((line) => line.includes(manifest.name))
      const made = await run('useradd', ['--create-home', '--shell', '/bin/sh', user], quiet)
      if (made.code !== 0) throw new Error(`The user ${user} could not be made: ${made.output}`)
      await tryIt()
    }
  } finally {
    await run('pkill', ['-KILL', '-u', user], quiet)
    await run('userdel', ['--remove', '--force', user], quiet)
    await run('apt-get', ['purge', '-y', manifest.name], quiet)
    const left = [...files, home].filter(existsSync)
    const known = readFileSync('/etc/passwd', 'utf8').includes(user)
    report('nothing is left of it', left.length === 0 && !known, left.join(', '))
  }
}

try {
  await main()
} catch (error) {
  report(error instanceof Error ? error.message : String(error), false)
}
console.log(
  `\n${failures.length === 0 ? `All is well: see ${path.relative(at(), at('dist/try-deb.png'))}.` : `${failures.length} failed.`}`
)
process.exitCode = failures.length === 0 ? 0 : 1
