import { z } from 'zod'
import { customerIn, endpoint, instant, nothing } from '#platform/contract.ts'
import { consentChannels, consentOrigins, everything } from '../domain/consent.ts'
import { contactKinds, likedChannels } from '../domain/contact-ways.ts'
import { id, names, read, write } from './basics.ts'

const channel = z.enum([...consentChannels, everything])
const ConsentEntry = z.object({
  id,
  purpose: z.string(),
  channel: z.string(),
  given: z.boolean(),
  textVersion: z.int().nullable(),
  at: instant,
  origin: z.string(),
  note: z.string().nullable(),
  by: z.string(),
  recordedAt: instant,
})

const purposes = z.array(
  z.object({
    key: z.string(),
    names,
    texts: names,
    version: z.int(),
    needs: z.enum(['consent', 'nothing']),
    channels: z.array(z.object({ channel: z.enum(consentChannels), allowed: z.boolean(), since: instant.nullable() })),
  }),
)

export const consentEndpoints = {
  consents: endpoint('GET /customers/:id/consents', {
    about: customerIn('id'),
    notes: 'input.id',
    ...read,
    summary: 'What a customer may be addressed for and how, and everything that they ever said about it, newest first',
    input: z.object({ id }),
    result: z.object({
      purposes,
      ledger: z.array(ConsentEntry),
      /** The versions of the texts that the ledger names, as they were when somebody agreed to them. */
      texts: z.array(z.object({ purpose: z.string(), version: z.int(), texts: names })),
    }),
  }),
  noteConsent: endpoint('POST /customers/:id/consents', {
    about: customerIn('id'),
    ...write,
    summary:
      'Notes a consent to one purpose and channel, or a withdrawal, also of every purpose or every channel; nothing is ever overwritten',
    input: z.object({
      id,
      purpose: z.string().max(40),
      channel,
      given: z.boolean(),
      origin: z.enum(consentOrigins),
      at: instant.optional(),
      note: z.string().trim().max(500).nullable().optional(),
    }),
    result: z.object({ purposes }),
  }),
  contactChannels: endpoint('GET /customers/:id/contact-channels', {
    about: customerIn('id'),
    notes: 'input.id',
    ...read,
    summary:
      'How a customer can be reached for a purpose: only channels for which there is data and that they allow, the preferred first; and what they refused',
    input: z.object({ id, purpose: z.string().max(40) }),
    result: z.object({
      channels: z.array(
        z.object({
          channel: z.enum(consentChannels),
          /** Whether they like it best, or have a preferred way for it. */
          preferred: z.boolean(),
          ways: z.array(
            z.object({
              kind: z.enum(contactKinds),
              value: z.string().nullable().meta({ personal: 'customers.read-personal' }),
              label: z.string().nullable(),
              hours: z.string().nullable(),
              preferred: z.boolean(),
            }),
          ),
        }),
      ),
      /** By what they may not be addressed for the purpose, whether there is data for it or not. */
      refused: z.array(z.enum(consentChannels)),
      /** What the archive says that they like best. */
      liked: z.enum(likedChannels).nullable(),
    }),
  }),
  contactPurposes: endpoint('GET /customer-contact-purposes', {
    about: 'nobody',
    ...read,
    summary: 'The purposes for which customers are addressed',
    input: nothing,
    result: z.object({ purposes: z.array(z.object({ key: z.string(), names, needs: z.enum(['consent', 'nothing']) })) }),
  }),
}

/** Narrows a list to those who may be addressed: `purpose:channel`. */
export const mayContactFilter = z.codec(z.string().max(80), z.object({ purpose: z.string(), channel: z.enum(consentChannels) }), {
  decode: (text, context) => {
    const [purpose = '', channel = ''] = text.split(':')
    const known = consentChannels.find((one) => one === channel)
    if (known) return { purpose, channel: known }
    context.issues.push({ code: 'custom', input: text, message: 'must be purpose:channel' })
    return z.NEVER
  },
  encode: ({ purpose, channel }) => `${purpose}:${channel}`,
})
