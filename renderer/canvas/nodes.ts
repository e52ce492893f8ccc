import { type Edge, type Node, type NodeHandle, Position } from '@xyflow/svelte'
import { connectionKey } from '../../engine/index.ts'
import type { Selection } from '../editor/selection.ts'
import type { DrawnStep, Gate } from '../drawing/drawnStep.ts'
import type { Drawing, DrawnLine, DrawnReply } from '../drawing/drawing.ts'
import type { Point } from '../drawing/geometry.ts'
import { measures } from '../drawing/measures.ts'
import { replyKey } from '../drawing/moving.ts'
import { gateHandle, outcomeHandle, replyHandle } from './handleId.ts'

export type StepNodeType = Node<{ readonly drawn: DrawnStep }, 'step'>
export type ConnectionEdgeType = Edge<{ readonly line: DrawnLine }, 'connection'>
export type ReplyEdgeType = Edge<{ readonly reply: DrawnReply }, 'reply'>

/**
 * What Svelte Flow shows of a drawing. Sizes and handles are given, so that nothing out of sight has to be rendered to be
 * measured; nodes that have not changed stay the same objects, so that they are not looked at again.
 */
export function nodeMaker(): (drawing: Drawing, selection: Selection) => StepNodeType[] {
  let known = new Map<DrawnStep, StepNodeType>()
  return (drawing, selection) => {
    const selected = new Set(selection.steps)
    const nodes = [...drawing.steps.values()].map((drawn) => {
      const is = selected.has(drawn.step.id)
      const before = known.get(drawn)
      return before?.selected === is ? before : nodeOf(drawn, is)
    })
    known = new Map(nodes.map((node) => [node.data.drawn, node]))
    return nodes
  }
}

function nodeOf(drawn: DrawnStep, selected: boolean): StepNodeType {
  const { step, box } = drawn
  return {
    id: step.id,
    type: 'step',
    position: { x: box.x, y: box.y },
    width: box.w,
    height: box.h,
    handles: handlesOf(drawn),
    selected,
    ariaLabel: step.name,
    domAttributes: { 'aria-roledescription': 'step' },
    data: { drawn }
  }
}

const sides: Readonly<Record<Gate['side'], Position>> = {
  left: Position.Left,
  top: Position.Top,
  bottom: Position.Bottom
}

function handlesOf({ box, outcomes, gates, reply }: DrawnStep): NodeHandle[] {
  const { hit } = measures.handle
  const at = ({ x, y }: Point) => ({ x: x - box.x - hit / 2, y: y - box.y - hit / 2, width: hit, height: hit })
  const source = { type: 'source', position: Position.Right } as const
  return [
    ...outcomes.map((outcome) => ({ id: outcomeHandle(outcome.name), ...source, ...at(outcome) })),
    ...(reply ? [{ id: replyHandle, ...source, ...at(reply) }] : []),
    ...gates.map((gate) => ({
      id: gateHandle(gate.side),
      type: 'target' as const,
      position: sides[gate.side],
      ...at(gate)
    }))
  ]
}

/** The lines of a drawing, replies first: they lie under the connections. */
export function edgesOf(drawing: Drawing, selection: Selection): (ConnectionEdgeType | ReplyEdgeType)[] {
  const selected = new Set(selection.connections.map(connectionKey))
  const nameOf = (id: string) => drawing.steps.get(id)?.step.name ?? id
  const replies = drawing.replies.map((reply): ReplyEdgeType => ({
    id: replyKey(reply.goAsync),
    type: 'reply',
    source: reply.goAsync,
    sourceHandle: replyHandle,
    target: reply.endStep,
    targetHandle: gateHandle('left'),
    ariaLabel: `Reply of ${nameOf(reply.goAsync)} to ${nameOf(reply.endStep)}`,
    selectable: false,
    data: { reply }
  }))
  const connections = [...drawing.lines.values()].map((line): ConnectionEdgeType => ({
    id: line.key,
    type: 'connection',
    source: line.connection.from,
    sourceHandle: outcomeHandle(line.connection.outcome),
    target: line.connection.to,
    targetHandle: gateHandle('left'),
    ariaLabel: `${line.connection.outcome} of ${nameOf(line.connection.from)} to ${nameOf(line.connection.to)}`,
    selected: selected.has(line.key),
    data: { line }
  }))
  return [...replies, ...connections]
}
