type Values = Readonly<Record<string, unknown>>

/**
 * A form with a template: what somebody typed or chose otherwise than it was proposed stays, and the template fills the rest. Where both say something in `summary`, what was typed comes first and the
 * template's text behind it.
 */
export function withTemplate<T extends object>(typed: Partial<T>, proposed: Partial<T>, template: Partial<T>): Partial<T> {
  const [own, before, fresh] = [typed, proposed, template] as [Values, Values, Values]
  const isOwn = (field: string) => field in own && JSON.stringify(known(own[field])) !== JSON.stringify(known(before[field]))
  const filled = Object.fromEntries(
    Object.entries(fresh).map(([field, value]) => {
      if (!isOwn(field)) return [field, value]
      const texts = [own[field], value].filter((text) => typeof text === 'string' && text.trim() !== '')
      return [field, field === 'summary' ? [...new Set(texts)].join('\n') : own[field]]
    }),
  )
  return { ...proposed, ...typed, ...filled } as Partial<T>
}

const known = (value: unknown) => (value === undefined || value === '' ? null : value)
