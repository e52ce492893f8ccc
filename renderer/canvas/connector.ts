import type { IsValidConnection, OnConnectEnd, OnReconnectEnd } from '@xyflow/svelte'
import type { StepId } from '../../engine/index.ts'
import type { Drawing } from '../drawing/drawing.ts'
import type { Point } from '../drawing/geometry.ts'
import { outcomeOfHandle } from './handleId.ts'
import { stepAt } from './hit.ts'
import { mayLead } from './linking.svelte.ts'
import type { ConnectionEdgeType, ReplyEdgeType, StepNodeType } from './nodes.ts'

type AnyEdge = ConnectionEdgeType | ReplyEdgeType

interface Ends {
  readonly source: string
  readonly sourceHandle?: string | null
  readonly target: string
}

/** What connecting with the mouse works on. */
export interface ConnectorTarget {
  drawing(): Drawing
  placeOf(event: MouseEvent | Touch): Point
  /** Leads an outcome, or the reply when `outcome` is undefined, to a step. */
  lead(from: StepId, outcome: string | undefined, to: StepId): void
  disconnect(from: StepId, outcome: string): void
}

/**
 * The handlers by which Svelte Flow tells of connections drawn with the mouse. It never adds one itself: the model is asked
 * to, and the drawing follows. A line may be dropped anywhere on a step; a connection whose end is dropped on the sheet goes.
 */
export function connector(target: ConnectorTarget) {
  let reconnecting = false

  const fits = ({ source, sourceHandle, target: to }: Ends): boolean => {
    const { steps } = target.drawing()
    const [from, drawn] = [steps.get(source), steps.get(to)]
    return !!from && !!drawn && mayLead(from, outcomeOfHandle(sourceHandle ?? ''), drawn)
  }
  const lead = (ends: Ends): void => {
    if (fits(ends)) target.lead(ends.source, outcomeOfHandle(ends.sourceHandle ?? ''), ends.target)
  }
  const isValidConnection: IsValidConnection = (connection) => fits(connection)

  /** The step under the pointer that the line may lead to. */
  const stepUnder = (event: MouseEvent | TouchEvent): StepId | undefined => {
    const point = 'changedTouches' in event ? event.changedTouches[0] : event
    return point && stepAt(target.drawing(), target.placeOf(point))
  }

  const onconnectend: OnConnectEnd = (event, state) => {
    if (reconnecting || state.isValid || !state.fromHandle) return
    const to = stepUnder(event)
    if (to !== undefined)
      lead({ source: state.fromHandle.nodeId, sourceHandle: state.fromHandle.id ?? null, target: to })
  }
  const onreconnectend: OnReconnectEnd<StepNodeType, AnyEdge> = (event, edge, _type, state) => {
    reconnecting = false
    if (state.isValid || edge.type !== 'connection') return
    const to = stepUnder(event)
    const outcome = outcomeOfHandle(edge.sourceHandle ?? '')
    if (to !== undefined) lead({ ...edge, target: to })
    else if (outcome !== undefined) target.disconnect(edge.source, outcome)
  }

  return {
    isValidConnection,
    onconnectend,
    onreconnectend,
    onbeforeconnect: (connection: Ends): false => {
      lead(connection)
      return false
    },
    onreconnectstart: (): void => {
      reconnecting = true
    },
    onbeforereconnect: (next: Ends, before: Ends): false => {
      if (next.target !== before.target) lead(next)
      return false
    }
  }
}
