// Prints the role map of a HID report descriptor as JSON. FILE is raw or hex; without it, or as `-`, standard input is read.
import { readFileSync } from 'node:fs'
import { readDescriptor, type DescriptorProblem } from '../../electron/devices/hid/descriptor.ts'
import { roleMap, type Input, type Output, type Pedal } from '../../electron/devices/hid/roles.ts'
import { readBytes } from './read-bytes.ts'

const problems: Readonly<Record<DescriptorProblem, string>> = {
  empty: 'it holds no bytes',
  'too-long': 'it is longer than the 4,096 bytes that a report descriptor may have',
  'cut-off': 'its last item is cut off',
  collections: 'a collection is not closed, or closed twice',
  'report-id': 'a report id is not between 1 and 255',
  'report-size': 'a report is longer than 16 KiB',
  pop: 'a Pop has no Push, or there are too many of them',
  delimiter: 'delimiters do not come in pairs',
  'no-report': 'it describes no report: this is no report descriptor',
}

const place = ({ reportId, bit, size }: Input | Output | Pedal) => ({ reportId, bit, size })

/** The answer, in the order of the descriptor. */
function answer(content: Uint8Array): string | { problem: string } {
  const read = readDescriptor(readBytes(content))
  if (!read.ok) return { problem: problems[read.problem] }
  const { inputs, outputs, pedals } = roleMap(read.descriptor)
  const told = {
    inputs: inputs.map((one) => ({ role: one.role, ...place(one), kind: one.kind })),
    outputs: outputs.map((one) => ({ role: one.role, ...place(one) })),
    pedals: pedals.map((one) => ({ button: one.button, ...place(one), kind: one.kind })),
  }
  return `${JSON.stringify(told, null, 2)}\n`
}

/** 0 = answered, 1 = not a usable descriptor or not readable, 2 = called wrongly. */
function main(args: readonly string[]): number {
  const [file = '-'] = args
  if (args.length > 1 || (file !== '-' && file.startsWith('-'))) {
    process.stderr.write(
      'usage: npm run -s hid-roles -- FILE   (raw bytes or hex; without FILE standard input is read)\n',
    )
    return 2
  }
  const name = file === '-' ? 'standard input' : file
  try {
    const told = answer(readFileSync(file === '-' ? 0 : file))
    if (typeof told === 'string') process.stdout.write(told)
    else process.stderr.write(`${name} cannot be used: ${told.problem}.\n`)
    return typeof told === 'string' ? 0 : 1
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    process.stderr.write(`${name} cannot be read: ${unreadable[code] ?? code}.\n`)
    return 1
  }
}

const unreadable: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'you may not read it',
  EISDIR: 'it is a folder',
}

process.exitCode = main(process.argv.slice(2))
