// What runs inside the measured page. Kept as text: the page has no module of it, and the bench has no types of a page.

/**
 * Makes `bench` in the page. `bench.painted(find)` resolves with the time (UTC ms, fractions) of the second frame after a change
 * that makes `find()` true; `bench.keys` gets, for each key down, the time from the event to the second frame after it.
 */
export const pageScript = `(() => {
  const now = () => performance.timeOrigin + performance.now()
  const afterTwoFrames = (done) => requestAnimationFrame(() => requestAnimationFrame(done))
  const bench = { keys: [], lastKeyAt: 0 }
  bench.painted = (find) =>
    new Promise((resolve) => {
      const check = () => {
        if (!find()) return
        observer.disconnect()
        afterTwoFrames(() => resolve(now()))
      }
      const observer = new MutationObserver(check)
      const watched = { subtree: true, childList: true, characterData: true, attributes: true }
      observer.observe(document.body, watched)
      check()
    })
  addEventListener('keydown', (event) => {
    bench.lastKeyAt = performance.timeOrigin + event.timeStamp
    afterTwoFrames(() => bench.keys.push(performance.now() - event.timeStamp))
  }, true)
  globalThis.bench = bench
})()`
