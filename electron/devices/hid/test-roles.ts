// The role map of a descriptor in short words, for tests.
import { readDescriptor, type Descriptor } from './descriptor.ts'
import { roleMap } from './roles.ts'

export function descriptorOf(bytes: Uint8Array): Descriptor {
  const read = readDescriptor(bytes)
  if (!read.ok) throw new Error(read.problem)
  return read.descriptor
}

/** `hook 2.0 absolute`: role, report and bit, kind; a size other than 1 after a slash. */
export function inputsOf(bytes: Uint8Array): string[] {
  return roleMap(descriptorOf(bytes)).inputs.map(
    ({ role, reportId, bit, size, kind }) => `${role} ${reportId}.${bit}${size === 1 ? '' : `/${size}`} ${kind}`,
  )
}
export const outputsOf = (bytes: Uint8Array): string[] =>
  roleMap(descriptorOf(bytes)).outputs.map(({ role, reportId, bit }) => `${role} ${reportId}.${bit}`)
export const pedalsOf = (bytes: Uint8Array): string[] =>
  roleMap(descriptorOf(bytes)).pedals.map(({ button, reportId, bit, kind }) => `${button} ${reportId}.${bit} ${kind}`)
