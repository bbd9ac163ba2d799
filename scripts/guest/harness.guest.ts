// The harness itself: virtual devices are real ones to the kernel and to node-hid, and the simulator notices wrong writes.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { HIDAsync, devicesAsync, type Device } from 'node-hid'
import { guestTest, nodes, type Bay } from './guest-test.ts'
import { familyA, familyD, headsets, keyPedal, pedals, threePedals } from './hardware.ts'
import { until, wait } from './until.ts'
import type { Hardware } from './virtual-device.ts'

async function listed({ serial }: Hardware): Promise<Device> {
  for (let n = 0; n < 2_000; n += 1) {
    const found = (await devicesAsync()).find((device) => device.serialNumber === serial)
    if (found !== undefined) return found
    await wait(5)
  }
  throw new Error(`${serial} is not listed`)
}

async function pathOf(hardware: Hardware): Promise<string> {
  return (await listed(hardware)).path ?? ''
}

/** Opens the device as a bare script would; `heard` fills with its reports in hex. */
async function open({ after }: Bay, hardware: Hardware): Promise<{ opened: HIDAsync; heard: string[] }> {
  const opened = await HIDAsync.open(await pathOf(hardware))
  const heard: string[] = []
  opened.on('data', (data: Buffer) => heard.push(data.toString('hex')))
  after(() => opened.close())
  return { opened, heard }
}

for (const hardware of [...headsets, ...pedals]) {
  guestTest(`${hardware.name} is listed with its ids and its descriptor`, async ({ plug }) => {
    plug(hardware)
    const device = await listed(hardware)
    assert.equal(device.vendorId, hardware.vendor)
    assert.equal(device.productId, hardware.product)
    const [node = ''] = nodes()
    assert.deepEqual(readFileSync(`/sys/class/hidraw/${node}/device/report_descriptor`), hardware.descriptor)
  })
}

guestTest('reports arrive in order, and what is written arrives at the device', async (bay) => {
  const device = bay.plug(familyA)
  const { opened, heard } = await open(bay, familyA)
  device.send(2, 1, 0)
  device.send(2, 5, 0)
  device.send(2, 1, 0)
  await until('three reports', () => heard.length === 3)
  assert.deepEqual(heard, ['020100', '020500', '020100'])
  await opened.write([2, 5, 0])
  await until('a written report', () => device.written.length === 1)
  assert.deepEqual(device.written, [{ id: 2, bytes: Buffer.from([5, 0]) }])
})

guestTest('the 00 before a report without an id does not reach the device', async (bay) => {
  const device = bay.plug(familyD)
  const { opened } = await open(bay, familyD)
  await opened.write([0, 3])
  await until('a written report', () => device.written.length === 1)
  assert.deepEqual(device.written, [{ id: 0, bytes: Buffer.from([3]) }])
})

guestTest('a report of a wrong length and one of an unknown id are noticed', async (bay) => {
  const device = bay.plug(familyA)
  const { opened } = await open(bay, familyA)
  await opened.write([2, 1])
  await opened.write([9, 1, 0])
  await until('two written reports', () => device.written.length === 2)
  assert.equal(device.mistakes.splice(0).length, 2)
})

guestTest('a headset acknowledges off-hook by its own hook', async (bay) => {
  const headset = bay.plugHeadset(familyA)
  const { opened, heard } = await open(bay, familyA)
  await opened.write([2, 1, 0])
  await until('the acknowledgement', () => heard.includes('020100'))
  assert.equal(headset.light('offHook'), true)
  assert.equal(headset.light('mute'), false)
})

guestTest('a device that is pulled out tells its reader, and its node number is used again', async ({ plug }) => {
  const first = plug(threePedals)
  const path = await pathOf(threePedals)
  const opened = await HIDAsync.open(path)
  let error: unknown
  opened.on('data', () => undefined)
  opened.on('error', (thrown) => (error = thrown))
  first.unplug()
  await until('an error', () => error !== undefined)
  await opened.close()
  await until('the node is gone', () => !existsSync(path))
  plug(threePedals)
  assert.equal(await pathOf(threePedals), path)
})

guestTest('the reports of a pedal that is a keyboard come to its reader as well', async (bay) => {
  const device = bay.plug(keyPedal)
  const { heard } = await open(bay, keyPedal)
  device.send(...(keyPedal.down[0] ?? []))
  device.send(...keyPedal.up)
  await until('two reports', () => heard.length === 2)
  assert.deepEqual(heard, ['0000040000000000', '0000000000000000'])
})
