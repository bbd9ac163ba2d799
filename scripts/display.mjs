// Gives a program a screen where there is none: starts Xvfb on a free display and stops that one process again.
import { spawn } from 'node:child_process'
import { Stop } from './setup/say.mjs'

/**
 * True when this session has a screen that Electron can use.
 * @param {NodeJS.ProcessEnv} [env]
 */
export function hasDisplay(env = process.env) {
  return process.platform !== 'linux' || Boolean(env.DISPLAY) || Boolean(env.WAYLAND_DISPLAY)
}

/**
 * Starts Xvfb; it chooses a free display number itself and tells it once it is ready.
 * @param {{ size?: string, isOpen?: boolean }} [options] `size` in pixels, larger than the window, which would else lose
 *   one; `isOpen` lets other users of this machine draw on it
 * @returns {Promise<{ display: string, stop: () => Promise<void> }>}
 */
export async function startDisplay({ size = '2048x1200', isOpen = false } = {}) {
  const args = [
    '-displayfd',
    '3',
    '-screen',
    '0',
    `${size}x24`,
    '-nolisten',
    'tcp',
    '-noreset',
    ...(isOpen ? ['-ac'] : []),
  ]
  const child = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] })
  let errors = ''
  child.stderr?.on('data', (chunk) => (errors += chunk))
  /** @type {Promise<void>} */
  const ended = new Promise((resolve) => {
    child.on('close', () => resolve())
    child.on('error', (error) => {
      errors += error.message
      resolve()
    })
  })
  /** @type {Promise<string>} */
  const ready = new Promise((resolve) => {
    child.stdio[3]?.once('data', (chunk) => resolve(`:${String(chunk).trim()}`))
  })
  const display = await Promise.race([ready, ended.then(() => undefined)])
  if (display === undefined) {
    throw new Stop(
      'The virtual screen (Xvfb) did not start.',
      errors.trim() || 'It gave no reason; start it by hand: Xvfb :99',
    )
  }
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
  }
  process.once('exit', () => child.kill('SIGTERM'))
  return { display, stop }
}
