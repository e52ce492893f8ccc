import fc from 'fast-check'
import type { Block, Fails, Given, Part, Program, Until } from './program.ts'

/** Whether one time in `n`. */
const once = (n: number): fc.Arbitrary<boolean> => fc.nat(n - 1).map((drawn) => drawn === n - 1)

/** One time in `n`, else undefined. */
export const sometimes = <T>(one: fc.Arbitrary<T>, n: number): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: n - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: one })

const kind = <const K extends string>(name: K): fc.Arbitrary<K> => fc.constant(name)
const signal = fc.constantFrom('red', 'green')
const disabled = once(20)
/** Numbers cannot come from the clock. */
const given = fc.constantFrom<Given[]>('drawn', 'drawn', 'drawn', 'drawn', 'script', 'clock', 'clock script')
const givenNumber = fc.constantFrom<Given[]>('drawn', 'drawn', 'script')
const limits = { retry: once(6), timeout: once(6) }
const unhandled = { ...limits, handled: fc.constant(undefined) }

/**
 * Which programs: those with mails cannot be told by the reference interpreter; crowded ones have many effects; in racing
 * ones, what comes first decides (Wait for First Signal, signals that may be dropped, For Each that has enough).
 */
export interface ProgramKind {
  readonly mails: boolean
  readonly crowded: boolean
  readonly racing: boolean
}

/** Programs of a kind. */
export function programArbitrary({ mails, crowded, racing }: ProgramKind): fc.Arbitrary<Program> {
  const keep = racing ? fc.boolean() : fc.constant(true)
  const enough = racing ? fc.nat(2) : fc.constant(0)
  const { block } = fc.letrec<{ block: Block; part: Part; deep: Part; effect: Part }>((tie) => {
    const limited = { ...limits, handled: sometimes(tie('block'), 2) }
    return {
      block: fc.array(tie('part'), { maxLength: 4, size: 'max' }),
      part: fc.oneof(
        { maxDepth: 4, depthSize: 'small' },
        {
          weight: 10,
          arbitrary: fc.record({
            kind: kind('work'),
            fails: fc.constantFrom<Fails[]>('never', 'never', 'never', 'first', 'some', 'always'),
            given,
            disabled,
            ...unhandled
          })
        },
        { weight: 2, arbitrary: fc.record({ kind: kind('pass'), given, disabled }) },
        { weight: 2, arbitrary: fc.record({ kind: kind('set'), given, disabled }) },
        { weight: 4, arbitrary: fc.record({ kind: kind('go-async'), disabled }) },
        { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('end', 'throw', 'linked', 'linked-wait') }) },
        { weight: 1, arbitrary: fc.record({ kind: kind('pause'), disabled, ...unhandled }) },
        { weight: 2, arbitrary: fc.record({ kind: kind('send'), signal, keep, disabled }) },
        { weight: crowded ? 15 : 2, arbitrary: tie('effect') },
        { weight: 13, arbitrary: tie('deep') }
      ),
      effect: fc.oneof(
        {
          weight: crowded ? 4 : 1,
          arbitrary: fc.record({
            kind: kind('document'),
            name: fc.constantFrom('a.txt', 'b.txt'),
            text: fc.constantFrom('same', 'another'),
            ...unhandled
          })
        },
        {
          weight: mails ? 2 : 0,
          arbitrary: fc.record({
            kind: kind('mail'),
            recipients: fc.integer({ min: 1, max: 3 }),
            inDoubt: fc.constantFrom('Ask', 'Send again', 'Leave out', 'Leave out'),
            atMost: fc.integer({ min: 1, max: 2 }),
            oneToAll: once(4),
            retry: fc.boolean(),
            timeout: fc.boolean(),
            handled: fc.constant(undefined)
          })
        }
      ),
      deep: fc.oneof(
        { weight: 3, arbitrary: fc.record({ kind: kind('call'), ...limited }) },
        { weight: 2, arbitrary: fc.record({ kind: kind('if'), yes: tie('block'), no: tie('block'), disabled }) },
        {
          weight: 2,
          arbitrary: fc.record({
            kind: kind('repeat'),
            times: fc.nat(3),
            given: givenNumber,
            body: tie('block'),
            disabled,
            ...limited
          })
        },
        {
          weight: 2,
          arbitrary: fc.record({
            kind: kind('while'),
            until: fc.constantFrom<Until[]>('variable', 'variable', 'script', 'clock', 'missing'),
            body: tie('block'),
            disabled,
            ...limited
          })
        },
        {
          weight: 3,
          arbitrary: fc.record({
            kind: kind('each'),
            atMost: fc.integer({ min: 1, max: 3 }),
            onError: fc.constantFrom('Stop', 'Continue'),
            items: fc.nat(3),
            enough,
            given: givenNumber,
            body: tie('block'),
            disabled,
            ...limited
          })
        },
        {
          weight: 4,
          arbitrary: fc.record({
            kind: kind('parallel'),
            paths: fc.array(fc.record({ block: tie('block'), joined: fc.nat(6).map((n) => n > 0) }), {
              minLength: 2,
              maxLength: 3
            }),
            waitFor: fc.constantFrom('All', 'All', 'Any', 'Count'),
            cancelRest: fc.boolean(),
            ...limited
          })
        },
        {
          weight: 2,
          arbitrary: fc.record({
            kind: kind('work'),
            fails: fc.constantFrom<Fails[]>('some', 'always'),
            given,
            disabled,
            ...limits,
            handled: tie('block')
          })
        },
        { weight: 2, arbitrary: fc.record({ kind: kind('receive'), signal, ...limited }) },
        { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('cancel', 'cancel', 'circle') }) },
        {
          weight: racing ? 4 : 0,
          arbitrary: fc.record({ kind: kind('receive-first'), givesUp: fc.boolean(), ...limited })
        }
      )
    }
  })
  return fc.record({
    greets: sometimes(signal, 4),
    main: fc.tuple(block, block).map(([one, other]) => [...one, ...other]),
    caught: sometimes(block, 2),
    catchOutcome: once(8),
    twoEnds: once(8),
    clockAtEnd: once(3)
  })
}
