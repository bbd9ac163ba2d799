// Starts the guest once, with the host's files to read and one folder to write, and waits until it has switched itself off.
import { spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { alone } from '../setup/cache.mjs'

/** A busy machine is slow, and no test asserts a time: this ends only what hangs. */
const limitMs = 20 * 60_000

/**
 * @typedef {{ code: number | undefined, console: string }} Ended
 * `code` is that of the script; undefined when the guest crashed, hung or was stopped before.
 */

/**
 * Runs a script of /bin/sh as root in the guest. It sees the host's files where they are, except /run, which is empty but for
 * /run/out, the folder `out` of the host. Of several at once on this machine one runs and the others wait.
 * @param {{ image: import('./image.mjs').Image, script: string, out: string, onLine?: (line: string) => void }} what
 * @returns {Promise<Ended>}
 */
export async function bootGuest({ image, script, out, onLine }) {
  await writeFile(join(out, 'run.sh'), script)
  return alone(image.kernel, () => emulate({ image, out, onLine }))
}

/**
 * @param {{ image: import('./image.mjs').Image, out: string, onLine: ((line: string) => void) | undefined }} what
 * @returns {Promise<Ended>}
 */
function emulate({ image, out, onLine }) {
  return new Promise((resolve) => {
    const child = spawn('qemu-system-x86_64', emulatorArgs(image, out), { stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    let rest = ''
    const keep = (/** @type {string} */ chunk) => {
      said += chunk
      const lines = (rest + chunk).split(/\r?\n/)
      rest = lines.pop() ?? ''
      for (const line of lines) onLine?.(line)
    }
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', keep)
    const stop = () => child.kill('SIGKILL')
    const timer = setTimeout(stop, limitMs)
    process.once('exit', stop)
    process.on('SIGTERM', stop)
    process.on('SIGINT', stop)
    const end = () => {
      clearTimeout(timer)
      process.off('exit', stop)
      process.off('SIGTERM', stop)
      process.off('SIGINT', stop)
      const code = /^GUEST_CODE (\d+)/m.exec(said)?.[1]
      resolve({ code: code === undefined ? undefined : Number(code), console: said })
    }
    child.on('error', (error) => {
      said += error.message
      end()
    })
    child.on('close', end)
  })
}

/**
 * @param {import('./image.mjs').Image} image
 * @param {string} out
 */
function emulatorArgs({ kernel, disk }, out) {
  // A comma ends an option of the emulator unless it is doubled.
  const shared = (/** @type {string} */ tag, /** @type {string} */ path) =>
    `local,path=${path.replaceAll(',', ',,')},mount_tag=${tag},security_model=none`
  return [
    '-accel',
    'tcg,thread=multi',
    '-cpu',
    'max',
    '-M',
    'q35',
    '-m',
    '1024',
    '-smp',
    '2',
    '-kernel',
    kernel,
    '-initrd',
    disk,
    '-append',
    'console=ttyS0 quiet loglevel=1 panic=-1',
    '-nodefaults',
    '-nographic',
    '-no-reboot',
    '-monitor',
    'none',
    '-serial',
    'stdio',
    '-virtfs',
    `${shared('host', '/')},readonly=on,multidevs=remap`,
    '-virtfs',
    shared('out', out),
  ]
}
