// The page's process is really sandboxed when an ordinary user starts the program. As root Chromium refuses a sandbox, so
// the test becomes an ordinary user first. Playwright cannot start it: it always switches the sandbox off.
import { spawn } from 'node:child_process'
import { chownSync, cpSync, linkSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from '@playwright/test'
import { startDisplay } from '#scripts/display.mjs'
import { descendants, electronRuntime } from '#scripts/launch-desk.ts'
import { root } from '#scripts/setup/setup.mjs'

const nobody = 65534

/** Copies a folder by hard links, so that a user who may not enter the original can read it; copies where links cannot be. */
function shareFolder(from: string, to: string): void {
  mkdirSync(to, { recursive: true })
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) shareFolder(source, target)
    else {
      try {
        linkSync(source, target)
      } catch {
        cpSync(source, target, { dereference: true })
      }
    }
  }
}

/** Process id of the page's process below a shell, once it is there. */
async function pageProcess(pid: number): Promise<number> {
  for (let tries = 0; tries < 200; tries += 1) {
    const found = descendants(pid).find((child) => commandOf(child).includes('--type=renderer'))
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('no process of a page came up')
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

test('as an ordinary user the page runs under seccomp and can gain no privileges', async () => {
  const isRoot = process.getuid?.() === 0
  const folder = mkdtempSync(join(tmpdir(), 'meja-112-sandbox-'))
  const runtime = await electronRuntime()
  shareFolder(dirname(runtime.ELECTRON_EXEC_PATH ?? ''), join(folder, 'electron'))
  shareFolder(join(root, 'out'), join(folder, 'app', 'out'))
  shareFolder(join(root, 'node_modules', 'zod'), join(folder, 'app', 'node_modules', 'zod'))
  cpSync(join(root, 'package.json'), join(folder, 'app', 'package.json'))
  mkdirSync(join(folder, 'home'))
  if (isRoot) for (const path of [folder, join(folder, 'home')]) chownSync(path, nobody, nobody)
  const { display, stop } = await startDisplay({ isOpen: true })
  const command = [join(folder, 'electron', 'electron'), join(folder, 'app'), '--data', join(folder, 'home', 'data')]
  const asNobody = ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups']
  const [program = '', ...args] = isRoot ? [...asNobody, ...command] : command
  const env = { PATH: process.env.PATH, HOME: join(folder, 'home'), DISPLAY: display }
  const child = spawn(program, args, { env, stdio: 'ignore' })
  try {
    const status = readFileSync(`/proc/${await pageProcess(child.pid ?? 0)}/status`, 'utf8')
    expect(/^NoNewPrivs:\s*(\d)/m.exec(status)?.[1]).toBe('1')
    expect(/^Seccomp:\s*(\d)/m.exec(status)?.[1]).toBe('2')
  } finally {
    child.kill('SIGTERM')
    await new Promise((resolve) => child.once('exit', resolve))
    await stop()
    rmSync(folder, { recursive: true, force: true })
  }
})
