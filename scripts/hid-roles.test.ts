import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { families } from '../electron/devices/hid/test-descriptors.ts'
import { readBytes } from './hid-roles/read-bytes.ts'

const program = join(import.meta.dirname, 'hid-roles', 'main.ts')
const folder = mkdtempSync(join(tmpdir(), 'meja-112-hid-'))

function run(
  args: readonly string[],
  input: Uint8Array | string = '',
): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { input })
  return { code: status, out: String(stdout), err: String(stderr) }
}

function file(name: string, content: Uint8Array | string): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

describe('hid-roles', () => {
  test('prints the role map of a raw file, of hex, and of standard input, all alike', () => {
    const raw = run([file('d.bin', families.D)])
    expect(raw.code).toBe(0)
    expect(JSON.parse(raw.out)).toEqual({
      inputs: [
        { role: 'hook', reportId: 0, bit: 0, size: 2, kind: 'toggle' },
        { role: 'mute', reportId: 0, bit: 2, size: 1, kind: 'absolute' },
      ],
      outputs: [
        { role: 'off-hook', reportId: 0, bit: 0, size: 1 },
        { role: 'ring', reportId: 0, bit: 1, size: 1 },
        { role: 'mute', reportId: 0, bit: 2, size: 1 },
      ],
      pedals: [],
    })
    expect(run([file('d.hex', hex(families.D))])).toEqual(raw)
    expect(run(['-'], families.D)).toEqual(raw)
    expect(run([], hex(families.D))).toEqual(raw)
  })

  test('prints pedals', () => {
    const { out } = run([], families.P3)
    expect(JSON.parse(out)).toEqual({
      inputs: [],
      outputs: [],
      pedals: [1, 2, 3].map((button) => ({ button, reportId: 0, bit: button - 1, size: 1, kind: 'absolute' })),
    })
  })

  test('says in one line what is wrong, and prints nothing else', () => {
    const bad = (args: string[], input?: Uint8Array | string): [number | null, string, string] => {
      const { code, out, err } = run(args, input)
      return [code, out, err]
    }
    expect(bad([], '')).toEqual([1, '', 'standard input cannot be used: it holds no bytes.\n'])
    expect(bad([], families.A.subarray(0, 20))[2]).toBe(
      'standard input cannot be used: a collection is not closed, or closed twice.\n',
    )
    expect(bad([], 'this is no descriptor at all')[0]).toBe(1)
    expect(bad([], new Uint8Array(5000))[2]).toContain('4,096 bytes')
    const missing = join(folder, 'missing')
    expect(bad([missing])).toEqual([1, '', `${missing} cannot be read: there is no such file.\n`])
    expect(bad([folder])[2]).toBe(`${folder} cannot be read: it is a folder.\n`)
    expect(bad(['--help'])[0]).toBe(2)
  })

  test('takes hex as people write it', () => {
    const bytes = families.P4
    const pairs = [...bytes].map((byte) => byte.toString(16).padStart(2, '0'))
    const forms = [
      pairs.join(' ').toUpperCase(),
      `${pairs.slice(0, 7).join(' ')}\r\n${pairs.slice(7).join(' ')}\r\n`,
      pairs.map((pair) => `0x${pair}`).join(', '),
      `{ ${pairs.map((pair) => `0x${pair},`).join('\n')} }`,
      pairs.map((pair) => `\\x${pair}`).join(''),
      pairs.join(':'),
      `# four pedals\nR: ${bytes.length} ${pairs.join(' ')}\n`,
      pairs.map((pair) => `0x${pair}, // an item`).join('\n'),
    ]
    for (const form of forms) expect([form, hex(readBytes(Buffer.from(form)))]).toEqual([form, hex(bytes)])
    expect(readBytes(bytes)).toEqual(bytes)
  })
})
