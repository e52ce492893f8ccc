import { type TemplateValue, type Value, isRecord } from './value.ts'

/** A text with merge fields, taken apart: texts and the paths between `{{` and `}}`. */
export type TemplatePart = string | { readonly field: string }

/** Takes a template apart. `{{{{` stands for a literal `{{`; braces that never close are text. */
export function parseTemplate(template: string): TemplatePart[] {
  return readTemplate(template).parts
}

/** Where in a template the braces stand that never close, so that what follows is text; undefined when all do. */
export function openFieldAt(template: string): number | undefined {
  return readTemplate(template).openAt
}

function readTemplate(template: string): { readonly parts: TemplatePart[]; readonly openAt: number | undefined } {
  const parts: TemplatePart[] = []
  const addText = (text: string): void => {
    const last = parts.at(-1)
    if (typeof last === 'string') parts[parts.length - 1] = last + text
    else if (text !== '') parts.push(text)
  }
  let openAt: number | undefined
  let at = 0
  while (at < template.length) {
    const open = template.indexOf('{{', at)
    if (open < 0) break
    addText(template.slice(at, open))
    if (template.startsWith('{{{{', open)) {
      addText('{{')
      at = open + 4
      continue
    }
    const close = template.indexOf('}}', open + 2)
    if (close < 0) {
      openAt = at = open
      break
    }
    parts.push({ field: template.slice(open + 2, close).trim() })
    at = close + 2
  }
  addText(template.slice(at))
  return { parts, openAt }
}

/** A value as it reads inside a text: nothing for null, items of a list separated by commas. */
export function textOf(value: Value | undefined): string {
  if (value === undefined || value === null) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) return (value as readonly Value[]).map(textOf).join(', ')
  if (isRecord(value)) {
    if (typeof value.address === 'string') return value.address
    if (value.$type === 'Date' && typeof value.iso === 'string') return value.iso
    if (value.$type === 'File' && typeof value.name === 'string') return value.name
  }
  return JSON.stringify(value)
}

/** A text that shows as it is inside HTML. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

/** The text of a template once `valueOf` says what stands at each of its fields. */
export function renderTemplate(
  template: Pick<TemplateValue, 'format' | 'parts'>,
  valueOf: (field: string) => Value | undefined
): string {
  return template.parts
    .map((part) => {
      if (typeof part === 'string') return part
      const text = textOf(valueOf(part.field))
      return template.format === 'html' ? escapeHtml(text) : text
    })
    .join('')
}
