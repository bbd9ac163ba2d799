// Makes the guest that the tests of headsets and pedals run in: Debian's kernel and a small memory disk, once, in the cache.
import { createHash } from 'node:crypto'
import { chmod, copyFile, cp, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeOnce } from '../setup/cache.mjs'
import { lastLines, run } from '../setup/run.mjs'
import { Stop } from '../setup/say.mjs'

const here = dirname(fileURLToPath(import.meta.url))

/** What init.sh loads, in this order: a module comes after those it needs. */
const modules = [
  'virtio_ring',
  'virtio',
  'virtio_pci_modern_dev',
  'virtio_pci_legacy_dev',
  'virtio_pci',
  'netfs',
  'fscache',
  '9pnet',
  '9pnet_virtio',
  '9p',
  'hid',
  'uhid',
  'hid-generic',
  'evdev',
  'hid-jabra',
  'hid-plantronics',
]

/** The programs of the memory disk, all of them busybox. */
const applets = ['sh', 'mount', 'insmod', 'cat', 'echo', 'mkdir', 'chmod', 'chroot', 'sync', 'sleep', 'poweroff']

/** Brings udevd, which reads the rules that the product ships; it is run in the guest only. */
const udevPackages = ['udev', 'libsystemd-shared', 'libkmod2']

/**
 * @typedef {{ kernel: string, disk: string, udev: string }} Image
 * The two files that the emulator starts, and the folder that udev is unpacked in.
 */

/** Changes with what the guest is made by, so that an older one in the cache is not taken. */
function recipe() {
  const hash = createHash('sha256')
  for (const name of ['image.mjs', 'init.sh']) hash.update(readFileSync(join(here, name)))
  return hash.digest('hex').slice(0, 12)
}

/**
 * Makes the guest in the cache, unless it is there.
 * @param {{ cache: string, progress: import('../setup/say.mjs').Progress }} what
 * @returns {Promise<Image>}
 */
export async function makeImage({ cache, progress }) {
  const folder = join(cache, `guest-${recipe()}`)
  await makeOnce(
    folder,
    (building) => fill(building, progress),
    () => progress(undefined, 'another set-up is at work, waiting'),
  )
  return { kernel: join(folder, 'kernel'), disk: join(folder, 'disk.cpio'), udev: join(folder, 'udev') }
}

/**
 * @param {string} building
 * @param {import('../setup/say.mjs').Progress} progress
 */
async function fill(building, progress) {
  progress(0.02, 'looking for the kernel')
  const packages = ['busybox-static', ...udevPackages]
  const kernelPackage = await newestKernel()
  progress(0.05, `downloading ${kernelPackage}`)
  await unpack(kernelPackage, join(building, 'linux'))
  for (const [index, name] of packages.entries()) {
    progress(0.7 + 0.05 * index, `downloading ${name}`)
    await unpack(name, join(building, name === 'busybox-static' ? 'busybox' : 'udev'))
  }
  progress(0.95, 'making the memory disk')
  const boot = join(building, 'linux', 'boot')
  const kernel = (await readdir(boot)).find((name) => name.startsWith('vmlinuz-'))
  if (kernel === undefined) throw new Stop(`${kernelPackage} holds no kernel.`, 'The guest cannot be made from it.')
  await copyFile(join(boot, kernel), join(building, 'kernel'))
  await makeDisk(building)
  await rm(join(building, 'linux'), { recursive: true })
  await rm(join(building, 'busybox'), { recursive: true })
}

async function newestKernel() {
  const { output } = await run('apt-cache', ['depends', 'linux-image-amd64'])
  const name = /Depends: (linux-image-\d\S*)/.exec(output)?.[1]
  if (name !== undefined) return name
  throw new Stop('Debian does not name its newest kernel.', `Run "apt-get update" once.\n${lastLines(output)}`)
}

/**
 * Downloads a Debian package and unpacks it without installing anything. Stale package lists are renewed once.
 * @param {string} name
 * @param {string} folder
 */
async function unpack(name, folder) {
  const loading = join(folder, 'loading')
  await mkdir(loading, { recursive: true })
  let { code, output } = await run('apt-get', ['download', '-q', name], { cwd: loading })
  if (code !== 0 && process.getuid?.() === 0) {
    await run('apt-get', ['update', '-o', 'DPkg::Lock::Timeout=300'])
    ;({ code, output } = await run('apt-get', ['download', '-q', name], { cwd: loading }))
  }
  const file = (await readdir(loading)).find((entry) => entry.endsWith('.deb'))
  if (code !== 0 || file === undefined) {
    throw new Stop(
      `The Debian package ${name} could not be downloaded.`,
      `Check the network, run "apt-get update" and the same command again.\n${lastLines(output)}`,
    )
  }
  await mustRun('dpkg', ['-x', join(loading, file), folder], {})
  await rm(loading, { recursive: true })
}

/**
 * @param {string} building
 */
async function makeDisk(building) {
  const disk = join(building, 'disk')
  for (const name of ['bin', 'dev', 'proc', 'sys', 'mods', 'host']) await mkdir(join(disk, name), { recursive: true })
  await cp(join(building, 'busybox', 'bin', 'busybox'), join(disk, 'bin', 'busybox'))
  for (const name of applets) await symlink('busybox', join(disk, 'bin', name))
  const drivers = await driverFiles(join(building, 'linux', 'lib', 'modules'))
  for (const name of modules) {
    const file = drivers.get(`${name}.ko`)
    if (file === undefined)
      throw new Stop(
        `The kernel has no driver ${name}.`,
        'The guest needs the kernel of Debian 12; this is another one.',
      )
    await copyFile(file, join(disk, 'mods', `${name}.ko`))
  }
  await writeFile(join(disk, 'mods', 'order'), `${modules.join('\n')}\n`)
  await copyFile(join(here, 'init.sh'), join(disk, 'init'))
  await chmod(join(disk, 'init'), 0o755)
  await mustRun('sh', ['-c', 'find . | cpio -o -H newc --quiet -R 0:0 > ../disk.cpio'], { cwd: disk })
  await rm(disk, { recursive: true })
}

/**
 * @param {string} folder
 * @returns {Promise<Map<string, string>>} by file name
 */
async function driverFiles(folder) {
  if (!existsSync(folder)) return new Map()
  const entries = await readdir(folder, { recursive: true })
  return new Map(entries.map((entry) => [basename(entry), join(folder, entry)]))
}

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string }} options
 */
async function mustRun(program, args, options) {
  const { code, output } = await run(program, args, options)
  if (code !== 0) throw new Stop('The guest could not be made.', `${program} said:\n${lastLines(output)}`)
}
