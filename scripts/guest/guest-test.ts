// One test in the guest: it plugs in what it needs, and all of that is pulled out after it, also when it failed.
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { test } from 'node:test'
import type { HeadsetHardware } from './hardware.ts'
import { until } from './until.ts'
import { VirtualDevice, type Hardware } from './virtual-device.ts'
import { VirtualHeadset, type HeadsetOptions } from './virtual-headset.ts'

export type Bay = {
  readonly plug: (hardware: Hardware) => VirtualDevice
  readonly plugHeadset: (hardware: HeadsetHardware, options?: HeadsetOptions) => VirtualHeadset
  /** Something else to end after the test, before the devices are pulled out. */
  readonly after: (end: () => unknown) => void
}

/** Names of the device nodes that there are, such as `hidraw0`. */
export function nodes(): string[] {
  return readdirSync('/dev').filter((name) => name.startsWith('hidraw'))
}

/**
 * Registers a test. It fails also when something was written to a device that real hardware would have lost, unless it takes
 * the mistakes out itself.
 */
export function guestTest(name: string, body: (bay: Bay) => Promise<void>): void {
  void test(name, async () => {
    const plugged: VirtualDevice[] = []
    const ends: (() => unknown)[] = []
    const keep = <D extends VirtualDevice>(device: D): D => {
      plugged.push(device)
      return device
    }
    const plugHeadset: Bay['plugHeadset'] = (hardware, options) => {
      const headset = new VirtualHeadset(hardware, options)
      keep(headset.device)
      return headset
    }
    try {
      await body({
        plug: (hardware) => keep(new VirtualDevice(hardware)),
        plugHeadset,
        after: (end) => ends.unshift(end),
      })
      assert.deepEqual(
        plugged.flatMap(({ mistakes }) => mistakes),
        [],
      )
    } finally {
      for (const end of ends) await end()
      for (const device of plugged) device.unplug()
      await until('all nodes are gone', () => nodes().length === 0)
    }
  })
}
