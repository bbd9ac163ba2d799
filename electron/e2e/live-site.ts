// Starts the real site around a live workstation and tells it what happens there.
import { fork } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

export type LiveSite = {
  /** The site file of the desk. */
  readonly file: string
  /** A caller rings. */
  readonly ring: () => Promise<void>
  /** How many ops of the desk the centre holds. */
  readonly held: () => Promise<number>
  readonly stop: () => Promise<void>
}

/** Starts everything but the desk; its files go to `folder`. */
export async function startLiveSite(folder: string): Promise<LiveSite> {
  const program = join(import.meta.dirname, 'live-site-program.ts')
  mkdirSync(folder, { recursive: true })
  // Its databases lie in the same folder, which the test removes.
  const env = { ...process.env, TMPDIR: folder }
  const child = fork(program, [folder], {
    env,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const answer = <T>(): Promise<T> =>
    new Promise((resolve, reject) => {
      child.once('message', (message) => resolve(message as T))
      child.once('exit', (code) => reject(new Error(`the site ended with code ${code}`)))
    })
  const tell = async (word: 'ring' | 'held'): Promise<number> => {
    const answered = answer<{ held: number }>()
    child.send(word)
    return (await answered).held
  }
  const { file } = await answer<{ file: string }>()
  return {
    file,
    ring: async () => void (await tell('ring')),
    held: () => tell('held'),
    stop: async () => {
      if (child.connected) child.disconnect()
      await ended
    },
  }
}
