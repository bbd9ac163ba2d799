// Answers to the questions of a protocol on one desk: priority, message, version, what two people answer.
import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { IncidentId, RelayId, ReportId } from '#domain/id.ts'
import { newFolder, startTestDesk } from './test-desk.ts'

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

async function incidentOf(type: string | null, dir: string = newFolder()) {
  const made = await startTestDesk({ dir })
  ends.push(made.end)
  const { page } = made
  await page.signIn()
  const incident = randomUUID() as IncidentId
  const report = randomUUID() as ReportId
  await page.done('openIncident', { incident, report, call: null, source: 'walk-in', type, priority: null })
  const row = async () => {
    const found = await page.read('incident', { incident })
    if (found === null) throw new Error('no incident')
    return found
  }
  const answer = async (question: string, code: string | null): Promise<void> => {
    const { answers } = await row()
    await page.done('answerQuestion', { incident, question, answer: code, over: answers[question]?.over ?? [] })
  }
  const setPriority = async (value: string): Promise<void> => {
    const { priority } = await row()
    await page.done('setIncidentField', { incident, field: 'priority', value, over: priority.over })
  }
  return { ...made, page, incident, row, answer, setPriority }
}

describe('answers', () => {
  it('are kept with the protocol and its version, can be changed and taken back', async () => {
    const { row, answer } = await incidentOf('LAKA-LL')
    expect(await row()).toMatchObject({ answers: {}, protocol: null })
    await answer('sadar', 'tidak')
    expect(await row()).toMatchObject({
      answers: { sadar: { value: 'tidak', conflicts: [] } },
      protocol: { protocol: 'LAKA-LL', version: 1 },
    })
    await answer('sadar', 'ya')
    expect((await row()).answers['sadar']?.value).toBe('ya')
    await answer('sadar', null)
    expect((await row()).answers['sadar']).toMatchObject({ value: null, conflicts: [] })
  })

  it('that no protocol knows are refused', async () => {
    const { page, incident } = await incidentOf('LAKA-LL')
    const send = (question: string, answer: string) =>
      page.send('answerQuestion', { incident, question, answer, over: [] })
    expect(await send('umur', 'anak')).toEqual({ fault: 'invalid', field: 'question' })
    expect(await send('sadar', 'mungkin')).toEqual({ fault: 'invalid', field: 'answer' })
    expect(
      await page.send('answerQuestion', {
        incident: randomUUID() as IncidentId,
        question: 'sadar',
        answer: 'ya',
        over: [],
      }),
    ).toEqual({ fault: 'not_found', field: 'incident' })
  })

  it('of two people who did not see each other are both kept and shown', async () => {
    const { page, incident, row } = await incidentOf('LAKA-LL')
    await page.done('answerQuestion', { incident, question: 'sadar', answer: 'ya', over: [] })
    await page.done('answerQuestion', { incident, question: 'sadar', answer: 'tidak', over: [] })
    const { answers } = await row()
    expect(answers['sadar']).toMatchObject({ value: 'tidak', conflicts: [{ value: 'ya' }] })
    const over = answers['sadar']?.over ?? []
    await page.done('answerQuestion', { incident, question: 'sadar', answer: 'tidak', over })
    expect((await row()).answers['sadar']).toMatchObject({ value: 'tidak', conflicts: [] })
  })

  it('stay with the incident when its type changes, and the other protocol asks on', async () => {
    const { page, incident, row, answer } = await incidentOf(null)
    await answer('sadar', 'tidak')
    expect((await row()).protocol).toEqual({ protocol: 'UMUM', version: 1 })
    const { type } = await row()
    await page.done('setIncidentField', { incident, field: 'type', value: 'MED-DAR', over: type.over })
    expect((await row()).answers['sadar']?.value).toBe('tidak')
    await answer('napas', 'ya')
    expect((await row()).protocol).toEqual({ protocol: 'MED-DAR', version: 1 })
  })
})

describe('the priority', () => {
  it('follows type and answers until a person decides', async () => {
    const { page, incident, row, answer } = await incidentOf('EVK-HWN')
    expect(await row()).toMatchObject({ priority: { value: 'P3' }, isPriorityDecided: false })
    await answer('gigit', 'ya')
    expect(await row()).toMatchObject({ priority: { value: 'P1' }, isPriorityDecided: false })
    await answer('gigit', 'tidak')
    expect((await row()).priority.value).toBe('P3')
    const { type } = await row()
    await page.done('setIncidentField', { incident, field: 'type', value: 'BCN-ROB', over: type.over })
    expect((await row()).priority.value).toBe('P2')
  })

  it('that a person overruled stays, whatever is answered later, until a person changes it', async () => {
    const { page, incident, row, answer, setPriority } = await incidentOf('EVK-HWN')
    await setPriority('P2')
    await answer('gigit', 'ya')
    expect(await row()).toMatchObject({ priority: { value: 'P2', conflicts: [] }, isPriorityDecided: true })
    const { type } = await row()
    await page.done('setIncidentField', { incident, field: 'type', value: 'BKR-RMH', over: type.over })
    expect((await row()).priority.value).toBe('P2')
    await setPriority('P1')
    expect((await row()).priority.value).toBe('P1')
  })

  it('that a person confirmed stays too, although it was the same', async () => {
    const { row, answer, setPriority } = await incidentOf('EVK-HWN')
    await answer('gigit', 'ya')
    await setPriority('P1')
    expect(await row()).toMatchObject({ priority: { value: 'P1', conflicts: [] }, isPriorityDecided: true })
    await answer('gigit', 'tidak')
    expect((await row()).priority.value).toBe('P1')
  })

  it('chosen before the screen showed what the type brought is one word, not two', async () => {
    const { page, incident, row } = await incidentOf(null)
    await page.done('setIncidentField', { incident, field: 'type', value: 'LAKA-LL', over: [] })
    await page.done('setIncidentField', { incident, field: 'priority', value: 'P3', over: [] })
    expect((await row()).priority).toMatchObject({ value: 'P3', conflicts: [] })
  })

  it('of an incident opened without a type comes from the answers alone', async () => {
    const { row, answer } = await incidentOf(null)
    expect((await row()).priority.value).toBeNull()
    await answer('bahaya-lanjutan', 'api')
    expect((await row()).priority.value).toBe('P1')
  })
})

describe('a protocol of the centre that is wrong', () => {
  it('is told on the screen with line and reason; the desk works with the old one', async () => {
    const dir = newFolder()
    mkdirSync(join(dir, 'reference'), { recursive: true })
    const shipped = readFileSync(resolve('resources/reference/protocols.yaml'), 'utf8')
    writeFileSync(join(dir, 'reference', 'protocols.yaml'), shipped.replace('thresholds:', 'threshold:'))
    const { page, row, answer } = await incidentOf('LAKA-LL', dir)
    const { notices } = await page.read('health', {})
    const told = notices.find(({ kind }) => kind === 'reference-pack')
    expect(told?.values['problems']).toMatch(/^protocols\.yaml baris \d+, kunci "threshold/)
    await answer('sadar', 'tidak')
    expect((await row()).protocol).toEqual({ protocol: 'LAKA-LL', version: 1 })
  })
})

describe('the agencies', () => {
  it('read the answers in short words, and get a new card only when those change', async () => {
    const { page, incident, row, answer } = await incidentOf('LAKA-LL')
    await answer('korban', '2')
    await answer('sadar', 'tidak')
    expect((await row()).message).toContain(' · 2 korban, tidak sadar')
    const relay = randomUUID() as RelayId
    await page.done('makeRelays', { incident, targets: [{ relay, agency: 'PSC119', channel: 'mqtt' }] })
    const waiting = async (): Promise<number> => (await page.read('sync', {})).waiting
    const before = await waiting()
    await answer('aman', 'ya')
    expect(await waiting()).toBe(before + 1)
    await answer('terjepit', 'ya')
    expect(await waiting()).toBe(before + 3)
  })
})
