// Installs the Debian packages that a bare machine lacks. As an ordinary user it only prints the command and stops.
import { lastLines, hasProgram, run } from './run.mjs'
import { Stop } from './say.mjs'

/** Shared libraries that Electron and the native addons are linked with. */
export const electronLibraries = [
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'libxss1',
  'libatk-bridge2.0-0',
  'libcups2',
  'libdrm2',
  'libxkbcommon0',
  'libxcomposite1',
  'libxdamage1',
  'libxrandr2',
  'libpango-1.0-0',
  'libcairo2',
  'libsecret-1-0',
  // These two are node-hid's, which reads headsets and pedals.
  'libudev1',
  'libusb-1.0-0',
]

/** Which package brings a program, for programs that need not come from Debian. */
const programPackages = {
  Xvfb: 'xvfb',
  unzip: 'unzip',
  python3: 'python3',
  make: 'make',
  'g++': 'g++',
  mosquitto: 'mosquitto',
  setpriv: 'util-linux',
  'gnome-keyring-daemon': 'gnome-keyring',
  'dbus-daemon': 'dbus-daemon',
  'dbus-send': 'dbus-bin',
  'qemu-system-x86_64': 'qemu-system-x86',
  cpio: 'cpio',
}

/** @typedef {keyof typeof programPackages} Program */

/**
 * The packages that are not installed yet.
 * @param {{ programs: readonly Program[] }} wanted
 */
export async function missingPackages({ programs }) {
  const { output } = await run('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\n', ...electronLibraries])
  const installed = new Set(
    output.split('\n').flatMap((line) => (line.endsWith(' installed') ? line.split(' ')[0] : [])),
  )
  const missing = electronLibraries.filter((name) => !installed.has(name))
  for (const program of programs) {
    // A broker may live in the administrators' folder, which is not on everybody's PATH.
    if (!(await hasProgram(program)) && !(await hasProgram(`/usr/sbin/${program}`)))
      missing.push(programPackages[program])
  }
  return missing
}

/**
 * How far apt is, from its status lines: the first half is downloading, the second installing.
 * @param {string} output
 */
export function aptShare(output) {
  const [, kind, percent] = [...output.matchAll(/^(dl|pm)status:[^:]*:([\d.]+):/gm)].at(-1) ?? []
  if (percent === undefined) return undefined
  return Number(percent) / 200 + (kind === 'pm' ? 0.5 : 0)
}

/**
 * What an ordinary user is told.
 * @param {readonly string[]} missing
 */
export function askForPackages(missing) {
  return new Stop(
    `Debian packages are missing: ${missing.join(' ')}.`,
    `Run this once, then the same command again:\nsudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing.join(' ')}`,
  )
}

/**
 * Makes sure that the libraries of Electron and the named programs are there.
 * @param {{ programs: readonly Program[] }} wanted
 * @param {import('./say.mjs').Progress} progress
 * @returns {Promise<string>}
 */
export async function installDebianPackages(wanted, progress) {
  if (process.platform !== 'linux') return 'not needed here'
  if (!(await hasProgram('dpkg-query'))) return 'not a Debian system: the libraries of Electron must be there already'
  const missing = await missingPackages(wanted)
  if (missing.length === 0) return 'complete'
  const install = [
    'install',
    '-y',
    '--no-install-recommends',
    '--no-upgrade',
    '-o',
    'DPkg::Lock::Timeout=300',
    '-o',
    'APT::Status-Fd=1',
    ...missing,
  ]
  if (process.getuid?.() !== 0) throw askForPackages(missing)
  const tick = (/** @type {string} */ output) => progress(aptShare(output), missing.join(' ').slice(0, 60))
  tick('')
  // RUNLEVEL=1 keeps a packaged service from starting: the tests start their own broker.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1', LC_ALL: 'C' }
  const update = await run('apt-get', ['update', '-o', 'DPkg::Lock::Timeout=300'], { env, tick })
  const { code, output } = await run('apt-get', install, { env, tick })
  if (code !== 0) {
    const end = lastLines(update.code === 0 ? output : `${update.output}\n${output}`)
    throw new Stop(
      'The Debian packages could not be installed.',
      `Check the network and /etc/apt/sources.list, then run the same command again, or install them by hand:\napt-get update && apt-get install -y --no-install-recommends ${missing.join(' ')}\n${end}`,
    )
  }
  return `${missing.length} installed`
}
