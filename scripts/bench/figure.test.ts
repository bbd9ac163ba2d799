import { describe, expect, it } from 'vitest'
import { failedResult, p95, percentile, resultOf, spread, type Figure } from './figure.ts'

const figure: Figure = {
  name: 'a_ms',
  unit: 'ms',
  target: 10,
  isMost: true,
  measure: () => Promise.reject(new Error('never called')),
}

describe('percentiles', () => {
  const hundred = Array.from({ length: 100 }, (_, n) => 100 - n)

  it('are the nearest rank of the sorted samples', () => {
    expect(percentile(hundred, 0.5)).toBe(50)
    expect(percentile(hundred, 0.95)).toBe(95)
    expect(percentile(hundred, 1)).toBe(100)
    expect(percentile([7], 0.5)).toBe(7)
    expect(() => percentile([], 0.5)).toThrow(RangeError)
  })

  it('stand on at least 200 samples', () => {
    expect(() => p95(hundred)).toThrow(RangeError)
    expect(p95([...hundred, ...hundred])).toBe(95)
    expect(spread([1, 2, 3, 4])).toBe('p50 2, p95 4, p99 4, most 4 over 4')
  })
})

describe('a result', () => {
  it('keeps the order of its keys and judges by the target', () => {
    const result = resultOf(figure, { value: 10.00049, note: 'n' })
    expect(JSON.stringify(result)).toBe('{"name":"a_ms","value":10,"unit":"ms","target":10,"ok":false,"note":"n"}')
    expect(resultOf(figure, { value: 10, note: '' }).ok).toBe(true)
  })

  it('may have to reach its target instead of staying below it', () => {
    const share: Figure = { ...figure, isMost: false, target: 0.5 }
    expect(resultOf(share, { value: 0.6, note: '' }).ok).toBe(true)
    expect(resultOf(share, { value: 0.4, note: '' }).ok).toBe(false)
  })

  it('is not ok when it could not be measured, and says why', () => {
    expect(failedResult(figure, new Error('no screen'))).toEqual({
      name: 'a_ms',
      value: null,
      unit: 'ms',
      target: 10,
      ok: false,
      note: 'not measured: no screen',
    })
  })
})
