// Runs another program and keeps the end of what it printed. It never throws for a bad exit code: the caller says what it means.
import { spawn } from 'node:child_process'

const keptCharacters = 20_000

/**
 * Runs a program to its end without input. `code` is its exit code, or 127 when it could not be started.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, tick?: (output: string) => void }} [options]
 *   `tick` is called twice a second meanwhile with what was printed so far
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(program, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      env: options.env ?? process.env,
    })
    let output = ''
    const keep = (/** @type {Buffer} */ chunk) => {
      output = (output + chunk.toString()).slice(-keptCharacters)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    const { tick } = options
    const timer = tick === undefined ? undefined : setInterval(() => tick(output), 500)
    const end = (/** @type {number} */ code) => {
      clearInterval(timer)
      resolve({ code, output })
    }
    child.on('error', (error) => {
      output += error.message
      end(127)
    })
    child.on('close', (code) => end(code ?? 1))
  })
}

/**
 * Runs a program whose output the person sees as it comes, passes on Ctrl+C and a request to end, and returns its exit code.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>}
 */
export function show(program, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      stdio: ['ignore', 'inherit', 'inherit'],
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      env: options.env ?? process.env,
    })
    const stop = () => child.kill('SIGTERM')
    process.on('SIGTERM', stop)
    process.on('SIGINT', stop)
    const end = (/** @type {number} */ code) => {
      process.off('SIGTERM', stop)
      process.off('SIGINT', stop)
      resolve(code)
    }
    child.on('error', () => end(127))
    child.on('close', (code) => end(code ?? 1))
  })
}

/**
 * True when a program of that name is on the PATH.
 * @param {string} name
 */
export async function hasProgram(name) {
  return (await run('sh', ['-c', `command -v ${name}`])).code === 0
}

/**
 * The last lines of a program's output, for a message.
 * @param {string} output
 * @param {number} [lines]
 */
export function lastLines(output, lines = 12) {
  return output.trimEnd().split('\n').slice(-lines).join('\n')
}
