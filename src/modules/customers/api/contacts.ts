import { z } from 'zod'
import { customerIn, endpoint, nothing } from '#platform/contract.ts'
import { contactKinds } from '../domain/contact-ways.ts'
import { id, personal, read, version, write } from './basics.ts'

const label = z.string().trim().max(60).nullable()
const hours = z.string().trim().max(120).nullable()
const use = { label: label.optional(), hours: hours.optional(), preferred: z.boolean().optional() }

const ContactPoint = z.object({
  /** Null for the main one of its kind, which stands in the archive. */
  id: id.nullable(),
  /** The key person whose it is; null for the customer's own. */
  personId: id.nullable(),
  kind: z.enum(contactKinds),
  /** As it was written. */
  value: z.string().nullable().meta(personal),
  /** A telephone number as the world writes it, where that can be told. */
  e164: z.string().nullable().meta(personal),
  label,
  hours,
  preferred: z.boolean(),
  version: z.int(),
})

export const contactEndpoints = {
  contactPoints: endpoint('GET /customers/:id/contact-points', {
    about: customerIn('id'),
    notes: 'input.id',
    ...read,
    summary: 'Every way to reach a customer and the people around them: the main ones of the archive first, preferred before others',
    input: z.object({ id }),
    result: z.object({ items: z.array(ContactPoint) }),
  }),
  addContactPoint: endpoint('POST /customers/:id/contact-points', {
    about: customerIn('id'),
    ...write,
    summary: 'Adds an e-mail address, telephone number, address or messenger name',
    input: z.object({
      id,
      personId: id.nullable().optional(),
      kind: z.enum(contactKinds),
      value: z.string().trim().min(1).max(500),
      ...use,
    }),
    result: ContactPoint,
  }),
  changeContactPoint: endpoint('PUT /customers/:id/contact-points/:pointId', {
    about: customerIn('id'),
    ...write,
    summary: 'Writes anew what is known of a way to reach the customer',
    input: z.object({ id, pointId: id, version, value: z.string().trim().min(1).max(500), ...use }),
    result: ContactPoint,
  }),
  removeContactPoint: endpoint('DELETE /customers/:id/contact-points/:pointId', {
    about: customerIn('id'),
    ...write,
    summary: 'Removes a way to reach the customer',
    input: z.object({ id, pointId: id, version }),
    result: nothing,
  }),
  useMainContact: endpoint('PUT /customers/:id/main-contacts/:kind', {
    about: customerIn('id'),
    ...write,
    summary:
      'Says how the main e-mail address, telephone number or address of the archive is to be used; refused when somebody else has said otherwise since the given version',
    input: z.object({ id, kind: z.enum(['email', 'phone', 'address']), version: z.int().min(0), ...use }),
    result: nothing,
  }),
}
