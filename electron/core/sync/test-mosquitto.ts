// Starts a real mosquitto on a free loopback port with the generated access list and passwords. Not part of the program.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mosquittoAcl } from '#log/acl.ts'
import { brokerConfig, passwordFile } from '../../centre/broker-files.ts'
import { roles, site } from './test-site.ts'

export type Mosquitto = {
  readonly url: string
  readonly password: string
  readonly cut: () => Promise<void>
  readonly restore: () => Promise<void>
  readonly close: () => Promise<void>
}

const program = '/usr/sbin/mosquitto'
const password = 'rahasia'

/** Starts the broker; `cut` ends its process, `restore` starts it again on the same port. */
export async function startMosquitto(): Promise<Mosquitto> {
  const dir = mkdtempSync(join(tmpdir(), 'm112-mosquitto-'))
  const path = (name: string, text: string) => {
    const file = join(dir, name)
    // The broker gives up its rights after the start and reads the files again.
    writeFileSync(file, text, { mode: 0o644 })
    return file
  }
  const port = await freePort()
  const config = path(
    'mosquitto.conf',
    `${brokerConfig({
      port,
      bind: '127.0.0.1',
      aclFile: path('acl', mosquittoAcl(site, roles)),
      passwordFile: path('passwords', passwordFile([...roles.keys()].map((member) => ({ member, password })))),
    })}user root\n`,
  )
  let running = await run(config, port)
  return {
    url: `mqtt://127.0.0.1:${port}`,
    password,
    cut: () => running(),
    restore: async () => {
      running = await run(config, port)
    },
    close: async () => {
      await running()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

async function run(config: string, port: number): Promise<() => Promise<void>> {
  const child = spawn(program, ['-c', config], { stdio: 'ignore' })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const failed = new Promise<never>((_, reject) => child.once('error', reject))
  await Promise.race([answers(port), failed])
  return async () => {
    child.kill('SIGKILL')
    await ended
  }
}

async function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      server.close(() => resolve(port))
    })
  })
}

async function answers(port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1')
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
      socket.once('connect', () => socket.destroy())
    })
    if (isOpen) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error('mosquitto does not answer')
}
