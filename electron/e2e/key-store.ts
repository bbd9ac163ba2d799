// A real key store of the operating system for one test: a session bus of its own and an unlocked gnome-keyring on it.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export type RealKeyStore = {
  /** What a program needs in its environment to find this key store. */
  readonly env: Readonly<Record<string, string>>
  /** Locks it as the operating system does when the person leaves; nobody is there to type its password. */
  readonly lock: () => void
  /** The person is back and has signed in to the operating system. */
  readonly signInAgain: () => Promise<void>
  readonly stop: () => Promise<void>
}

/** A program that takes this key store, also where no desktop can be recognised. */
export const withKeyStore = {
  args: ['--password-store=gnome-libsecret'],
  before: join(import.meta.dirname, 'key-store-choice.cjs'),
} as const

const password = 'sandi pemilik akun'
const login = '/org/freedesktop/secrets/collection/login'

/** No services are started by the bus: the only key store is the one below, and no window asks for its password. */
const busConfig = (socket: string): string => `<busconfig>
  <type>session</type>
  <listen>unix:path=${socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`

/** Starts both in `folder`, which also holds the keyring: starting again there with the same password opens it again. */
export async function startKeyStore(folder: string): Promise<RealKeyStore> {
  const home = join(folder, 'home')
  const runtime = join(folder, 'run')
  for (const path of [home, runtime]) mkdirSync(path, { recursive: true, mode: 0o700 })
  const socket = join(runtime, 'bus')
  writeFileSync(join(folder, 'bus.conf'), busConfig(socket))
  const env = {
    HOME: home,
    XDG_DATA_HOME: join(home, 'share'),
    XDG_RUNTIME_DIR: runtime,
    DBUS_SESSION_BUS_ADDRESS: `unix:path=${socket}`,
  }
  const all = { ...process.env, ...env }
  const bus = spawn('dbus-daemon', [`--config-file=${join(folder, 'bus.conf')}`, '--nofork'], {
    env: all,
    stdio: 'ignore',
  })
  await until('a session bus', bus, () => existsSync(socket))
  const signedIn = async (): Promise<ChildProcess> => {
    const child = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
      env: all,
      stdio: ['pipe', 'ignore', 'ignore'],
    })
    child.stdin?.end(password)
    await until('a key store on the bus', child, () => ask(all, 'ReadAlias', 'string:login').includes(login))
    return child
  }
  let keyring = await signedIn()
  return {
    env,
    lock: () => {
      const said = ask(all, 'Lock', `array:objpath:${login}`)
      if (!said.includes(login)) throw new Error(`the key store was not locked: ${said}`)
    },
    signInAgain: async () => {
      await end(keyring)
      keyring = await signedIn()
    },
    stop: async () => {
      for (const child of [keyring, bus]) await end(child)
    },
  }
}

/** Calls a method of the key store; gives what it answered, or why it did not. */
function ask(env: NodeJS.ProcessEnv, method: string, argument: string): string {
  const to = ['--session', '--print-reply', '--dest=org.freedesktop.secrets', '/org/freedesktop/secrets']
  const called = spawnSync('dbus-send', [...to, `org.freedesktop.Secret.Service.${method}`, argument], {
    env,
    encoding: 'utf8',
  })
  return called.stdout + called.stderr
}

async function until(what: string, child: ChildProcess, isThere: () => boolean): Promise<void> {
  let failure = ''
  child.once('error', (error) => (failure = error.message))
  child.once('exit', (code) => (failure ||= `ended with code ${code}`))
  for (let tries = 0; !isThere(); tries += 1) {
    if (failure !== '' || tries === 200) throw new Error(`${what} did not come up: ${failure}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await ended
}
