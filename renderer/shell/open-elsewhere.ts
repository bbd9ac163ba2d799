// Asks the first window of this desk to take an incident in hand. Carries an id and nothing else.
import { useEffect } from 'react'
import { incidentId, type IncidentId } from '#domain/id.ts'

const channelName = 'meja.open'

/** Says it once; nobody listening is no error. */
export function openElsewhere(incident: IncidentId): void {
  const channel = new BroadcastChannel(channelName)
  channel.postMessage(incident)
  channel.close()
}

/** Hears what the second window asks. */
export function useOpenedElsewhere(onOpen: (incident: IncidentId) => void): void {
  useEffect(() => {
    const channel = new BroadcastChannel(channelName)
    channel.onmessage = (event: MessageEvent<unknown>) => {
      const asked = incidentId.safeParse(event.data)
      if (asked.success) onOpen(asked.data)
    }
    return () => channel.close()
  }, [onOpen])
}
