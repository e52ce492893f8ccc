import { pathsOf } from '../../mapping/index.ts'
import { type StepId, parsePath } from '../../model/index.ts'
import type { Survey } from '../survey.ts'

/** Answers whether any mapping or setting of the flow reads an output of a step. */
export function dataReadIn({ flow, steps }: Survey): (step: StepId, output: string) => boolean {
  const read = new Map<StepId, Set<string>>()
  const seen = new Set<string>()
  const add = (path: string): void => {
    if (seen.has(path)) return
    seen.add(path)
    const [root, step = '', output = ''] = parsePath(path)
    if (root !== 'steps') return
    const known = read.get(step)
    if (known) known.add(output)
    else read.set(step, new Set([output]))
  }
  for (const { id, inputs } of flow.steps) {
    for (const name in inputs) {
      const mapping = inputs[name]
      if (mapping) for (const path of pathsOf(mapping)) add(path)
    }
    const { definition, settings } = steps.get(id) ?? {}
    for (const [name, setting] of Object.entries(definition?.settings ?? {})) {
      const path = setting.kind === 'text' && setting.path ? settings?.[name] : undefined
      if (typeof path === 'string') add(path)
    }
    for (const { initial } of Object.values(definition?.inputs ?? {}))
      if (initial) for (const path of pathsOf(initial)) add(path)
  }
  return (step, output) => read.get(step)?.has(output) === true
}
