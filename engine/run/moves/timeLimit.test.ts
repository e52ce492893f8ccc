import { describe, expect, it } from 'vitest'
import { CancelSource, type Flow, type Mail, type MailService, type Value } from '../../model/index.ts'
import { flowFromText } from '../../testing/flowFromText.ts'
import { testDefinitions } from '../../testing/runInMemory.ts'
import { type Trial, tryRun } from '../../testing/trialRun.ts'
import { type VirtualClock, virtualClock } from '../../testing/virtualClock.ts'
import type { RunEvent } from '../journal/event.ts'

const constant = (value: Value) => ({ kind: 'constant', value }) as const

const sending = (inDoubt: string): Flow =>
  flowFromText(
    'Start -> Send Email -[Done]-> End Step\nSend Email -[Some Failed]-> End Step Some Failed',
    testDefinitions,
    {
      steps: {
        'Send Email': {
          timeout: 1,
          retry: { attempts: 3, wait: 0, factor: 1 },
          settings: { 'In doubt': inDoubt },
          inputs: { To: constant(['a@example.com']), Subject: constant('S'), Body: constant('B') }
        }
      }
    }
  )

/** A server that takes each mail only after 1.5 seconds, whether or not anybody still waits for its answer. */
function slowServer(clock: VirtualClock, got: Mail[]): MailService {
  return {
    async send(mail) {
      await clock.sleep(1500, new CancelSource())
      got.push(mail)
      return { messageId: mail.messageId, refused: [] }
    }
  }
}

async function send(inDoubt: string, before?: readonly RunEvent[]): Promise<Trial & { readonly got: readonly Mail[] }> {
  const got: Mail[] = []
  const clock = virtualClock()
  const trial = await tryRun(
    { main: sending(inDoubt) },
    { clock, services: { mail: slowServer(clock, got) }, ...(before && { before }) }
  )
  return { ...trial, got }
}

describe('A mail that is under way when the time of its attempt is over', () => {
  it.each(['Ask', 'Leave out'])('goes out once, and is named as one that may have arrived: %s', async (inDoubt) => {
    const { got, reply } = await send(inDoubt)
    expect(got).toHaveLength(1)
    expect(reply).toMatchObject({ outcome: 'End Step Some Failed' })
  })

  it('goes out again under the same Message-ID where the step says so', async () => {
    const { got } = await send('Send again')
    expect(got).toHaveLength(3)
    expect(new Set(got.map(({ messageId }) => messageId)).size).toBe(1)
  })

  it('is not sent again by a process that goes on from anywhere behind it', async () => {
    const { events } = await send('Ask')
    const timedOut = events.findIndex(({ event }) => event === 'StepTimedOut')
    for (let count = timedOut + 1; count < events.length; count++) {
      const { got, settled } = await send('Ask', events.slice(0, count))
      expect(settled).toEqual({ state: 'completed' })
      expect(got).toEqual([])
    }
  })
})
