// The folder outside the repository that keeps what is slow to get. A folder in it is complete or not there at all.
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { homedir } from 'node:os'
import { basename, dirname, join } from 'node:path'

/**
 * Where things are kept: MEJA112_CACHE, else the user's cache folder.
 * @param {NodeJS.ProcessEnv} [env]
 */
export function cacheFolder(env = process.env) {
  if (env.MEJA112_CACHE) return env.MEJA112_CACHE
  return join(env.XDG_CACHE_HOME || join(env.HOME || homedir(), '.cache'), 'meja-112')
}

/**
 * Name of a lock that the operating system lets go when its holder dies, however it dies.
 * @param {string} subject
 */
function lockAddress(subject) {
  const name = `meja-112-${createHash('sha256').update(subject).digest('hex').slice(0, 16)}`
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : `\0${name}`
}

/**
 * Becomes the listener of an address, or tells that somebody else is.
 * @param {string} address
 * @returns {Promise<import('node:net').Server | undefined>}
 */
function tryListen(address) {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', (/** @type {NodeJS.ErrnoException} */ error) => {
      if (error.code === 'EADDRINUSE') resolve(undefined)
      else reject(error)
    })
    server.listen(address, () => resolve(server))
  })
}

/**
 * Waits until the present holder closes the connection, which its end does at the latest.
 * @param {string} address
 * @returns {Promise<void>}
 */
function holderGone(address) {
  return new Promise((resolve) => {
    const socket = connect(address)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => resolve())
    socket.resume()
  })
}

/**
 * Runs `work` while no other process on this machine works on the same subject (a path); a second one waits.
 * @template T
 * @param {string} subject
 * @param {() => Promise<T>} work
 * @param {() => void} [onWait] called once when it has to wait
 * @returns {Promise<T>}
 */
export async function alone(subject, work, onWait) {
  const address = lockAddress(subject)
  let server = await tryListen(address)
  if (server === undefined) onWait?.()
  while (server === undefined) {
    await holderGone(address)
    server = await tryListen(address)
  }
  /** @type {Set<import('node:net').Socket>} */
  const waiting = new Set()
  server.on('connection', (socket) => {
    waiting.add(socket)
    socket.on('error', () => socket.destroy())
  })
  try {
    return await work()
  } finally {
    server.close()
    for (const socket of waiting) socket.destroy()
  }
}

/**
 * Makes a folder once: `fill` works in a folder beside it, which takes the final name only when all of it is there.
 * What an interrupted earlier run left is removed first.
 * @param {string} folder
 * @param {(building: string) => Promise<void>} fill
 * @param {() => void} [onWait]
 * @returns {Promise<boolean>} true when it was made now, false when it was there
 */
export async function makeOnce(folder, fill, onWait) {
  if (existsSync(folder)) return false
  return alone(
    folder,
    async () => {
      if (existsSync(folder)) return false
      await mkdir(dirname(folder), { recursive: true })
      await removeLeftovers(folder)
      const building = `${folder}.building-${process.pid}`
      try {
        await mkdir(building)
        await fill(building)
        await rename(building, folder)
        return true
      } catch (error) {
        await rm(building, { recursive: true, force: true })
        throw error
      }
    },
    onWait,
  )
}

/**
 * Removes folders that a killed run left half-filled. Only the holder of the lock may call it.
 * @param {string} folder
 */
export async function removeLeftovers(folder) {
  const prefix = `${basename(folder)}.building-`
  for (const name of await readdir(dirname(folder))) {
    if (name.startsWith(prefix)) await rm(join(dirname(folder), name), { recursive: true, force: true })
  }
}
