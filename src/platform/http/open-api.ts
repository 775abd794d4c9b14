import { z } from 'zod'
import { type Endpoint, placeholders } from '../contract.ts'
import type { Module } from '../module.ts'
import { Problem } from './problem.ts'

const wire = (schema: z.ZodType) => {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', target: 'draft-2020-12' })
  return json
}

/** OpenAPI 3.1, made from the contracts of all modules: what is described is what is checked. */
export function openApi(modules: readonly Module[], version: string): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const module of modules)
    for (const [name, endpoint] of Object.entries(module.api)) {
      // Pages are for people.
      if (endpoint.kind === 'page') continue
      const path = endpoint.path.replace(/:(\w+)/g, '{$1}')
      paths[path] ??= {}
      paths[path][endpoint.method.toLowerCase()] = operation(module.name, name, endpoint)
    }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Patron',
      version,
      description:
        'Every endpoint names the permission that it needs. Programs send a key: Authorization: Bearer patron_… Errors are application/problem+json (RFC 9457).',
    },
    servers: [{ url: '/api/v1' }],
    security: [{ session: [] }, { key: [] }],
    paths,
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'patron.session_token', description: 'Set by signing in; for browsers.' },
        key: {
          type: 'http',
          scheme: 'bearer',
          description:
            'A key that somebody made on the page “Keys”, sent as Authorization: Bearer patron_…; it may do what it was given and its owner still may.',
        },
      },
      schemas: { Problem: wire(Problem) },
    },
  }
}

function contentOf({ kind, result, events = {} }: Endpoint): object {
  if (kind === 'download') return { '*/*': {} }
  if (kind !== 'events') return { 'application/json': { schema: wire(result) } }
  const told = Object.entries(events).map(([name, payload]) => ({
    type: 'object',
    properties: { kind: { const: name }, payload: wire(payload) },
    required: ['kind', 'payload'],
  }))
  const all = { type: 'array', items: { anyOf: told } }
  const since = { type: 'string', description: 'To be sent as `since` the next time' }
  const once = { type: 'object', properties: { events: all, since, more: { type: 'boolean' }, lost: { type: 'boolean' } } }
  return { 'text/event-stream': { schema: all }, 'application/json': { schema: once } }
}

function operation(module: string, name: string, endpoint: Endpoint): object {
  const input = wire(endpoint.input) as { properties?: Record<string, object>; required?: string[] }
  const inPath = placeholders(endpoint.path)
  const inQuery = endpoint.method === 'GET' || endpoint.kind === 'upload'
  const rest = Object.entries(endpoint.signed ? {} : (input.properties ?? {})).filter(([field]) => !inPath.includes(field))
  const required = (field: string) => input.required?.includes(field) ?? false
  const parameters = [
    ...inPath.map((field) => ({ name: field, in: 'path', required: true, schema: input.properties?.[field] ?? {} })),
    ...(inQuery ? rest.map(([field, schema]) => ({ name: field, in: 'query', required: required(field), schema })) : []),
    ...(endpoint.signed?.headers ?? []).map((header) => ({ name: header, in: 'header', required: false, schema: { type: 'string' } })),
    ...(endpoint.idempotency === 'none'
      ? []
      : [
          {
            name: 'Idempotency-Key',
            in: 'header',
            required: endpoint.idempotency === 'required',
            schema: { type: 'string', maxLength: 255 },
          },
        ]),
  ]
  const body = inQuery
    ? endpoint.kind === 'upload'
      ? {
          requestBody: {
            required: true,
            content: { 'application/octet-stream': { schema: { type: 'string', contentMediaType: 'application/octet-stream' } } },
          },
        }
      : {}
    : rest.length > 0
      ? {
          requestBody: {
            required: true,
            content: {
              'application/json': {
                schema: { type: 'object', properties: Object.fromEntries(rest), required: rest.map(([field]) => field).filter(required) },
              },
            },
          },
        }
      : endpoint.signed
        ? { requestBody: { required: true, content: { 'application/json': { schema: {} } } } }
        : {}
  const content = contentOf(endpoint)
  return {
    operationId: `${module}.${name}`,
    tags: [module],
    summary: endpoint.summary,
    description: endpoint.permission === 'public' ? 'Anyone may call this.' : `Needs \`${endpoint.permission}\`.`,
    ...(endpoint.permission === 'public' ? { security: [] } : {}),
    parameters,
    ...body,
    responses: {
      200: { description: 'Done', content },
      default: { description: 'Refused', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
    },
  }
}
