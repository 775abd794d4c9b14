import { organizationProfile, readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import type { Db } from '#platform/database/connection.ts'
import type { Actions } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import type { serviceEndpoints } from '../api/services.ts'
import { dayNumber, dayText } from '../domain/as-of.ts'
import { compareLayers, type ExtraType, misplaced, type ServiceLayer } from '../domain/service-layers.ts'
import { dayIn } from '../runs/wishes.ts'
import {
  givenSums,
  holdServices,
  insertService,
  isNamed,
  listServices,
  removeService,
  serviceById,
  updateService,
} from '../store/services.ts'

type Names = 'services' | 'addService' | 'changeService' | 'removeService' | 'serviceLayers'

export const serviceCatalogue: Pick<Actions<typeof serviceEndpoints>, Names> = {
  services: async ({ db }) => ({ items: await listServices(db) }),

  async addService(context, said) {
    const { db, newId } = context
    mustBePlaced(said)
    await holdServices(db)
    await mustBeNew(db, said.name, null)
    return insertService(db, newId(), said, on(context))
  },

  async changeService(context, { serviceId: id, version, ...said }) {
    const { db } = context
    mustBePlaced(said)
    await holdServices(db)
    await mustBeNew(db, said.name, id)
    const written = await updateService(db, { id, version, ...said }, on(context))
    if (!written) throw await goneOrChanged(db, id)
    return written
  },

  async removeService(context, { serviceId, version }) {
    if (!(await removeService(context.db, serviceId, version, on(context)))) throw await goneOrChanged(context.db, serviceId)
    return {}
  },

  /** The year up to today unless asked otherwise. */
  async serviceLayers(context, { from, to }) {
    const end = to ?? (await today(context))
    const begin = from ?? dayText(dayNumber(end) - 364)
    if (begin > end)
      throw refuse('invalid', 'period-disordered', 'The period ends before it begins', {
        fields: [{ field: 'to', reason: 'period-disordered', detail: 'Choose a day that is not before the first one' }],
      })
    const { layers, extraTypes, ...rest } = compareLayers(await givenSums(context.db, begin, end))
    return { from: begin, to: end, layers: [...layers], extraTypes: [...extraTypes], ...rest }
  },
}

/** Which day it is in the company's time zone. */
export async function today({ db, now }: Context): Promise<string> {
  const { timeZone } = await readSetting(db, organizationProfile)
  return dayText(dayIn(timeZone, now))
}

const on = ({ actor, now }: Context) => ({ by: actor.id, now })

function mustBePlaced({ layer, extraType }: { readonly layer: ServiceLayer; readonly extraType: ExtraType | null }): void {
  const wrong = misplaced(layer, extraType)
  if (wrong)
    throw refuse(
      'invalid',
      wrong,
      wrong === 'extra-type-missing' ? 'An extra service is of one of three types' : 'Only extra services have a type',
      {
        fields: [{ field: 'extraType', reason: wrong, detail: 'The type belongs to extra services, and to them alone' }],
      },
    )
}

async function mustBeNew(db: Db, name: string, except: string | null): Promise<void> {
  if (await isNamed(db, name, except))
    throw refuse('conflict', 'service-name-taken', 'There is a service of this name already', {
      fields: [{ field: 'name', reason: 'name-taken', detail: 'Choose another name' }],
    })
}

const goneOrChanged = async (db: Db, id: string) =>
  (await serviceById(db, id)) ? changedMeanwhile('this service') : refuse('missing', 'no-such-service', 'There is no such service')
