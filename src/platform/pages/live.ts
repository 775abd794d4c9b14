import type { Context } from '../context.ts'
import { type Endpoint, type InputOf, requestOf } from '../contract.ts'
import { placeText, readStream } from '../stream.ts'
import { type Attributes, attributes } from './html.ts'

/**
 * Attributes of a part of a page that browsers with scripts fetch anew whenever something is told; asked for before the part's content is read, so that nothing that happens in between is missed:
 *
 *   const live = await livePart(context, casesApi.heard, { token }, { follow: true })
 *   const said = await messagesOf(context, …)
 *   html`<ol id="said" ${live}>…</ol>`
 *
 * `follow`: whoever sees its end goes on seeing it when something is added.
 */
export async function livePart<E extends Endpoint>(
  { db, now }: Pick<Context, 'db' | 'now'>,
  events: E,
  input: InputOf<E>,
  { follow = false }: { readonly follow?: boolean } = {},
): Promise<Attributes> {
  const { url } = requestOf(events, input)
  const { place } = await readStream(db, [], null, now)
  const since = `${url.includes('?') ? '&' : '?'}since=${encodeURIComponent(placeText(place))}`
  return attributes({ 'data-live': `${url}${since}`, 'data-follow': follow })
}
