import { expect, test } from 'vitest'
import { appointmentEnd, backToAppointment } from './appointment.ts'
import { shippedOf } from './shipped.ts'

const at = (time: string) => new Date(`2026-03-10T${time}:00Z`)
const agreed = { commitmentId: null, startsAt: at('09:00'), place: null, at: at('01:00'), by: 'ada', seq: 3 }

test('an appointment lasts an hour, or as long as it was to last before', () => {
  expect(appointmentEnd(at('09:00'), null)).toEqual(at('10:00'))
  expect(appointmentEnd(at('14:00'), agreed)).toEqual(at('15:00'))
  expect(appointmentEnd(at('14:00'), { ...agreed, endsAt: at('11:30') })).toEqual(at('16:30'))
})

test('a case goes back to agree on another time where its process lets it', () => {
  expect(backToAppointment(shippedOf('repair'), 'repair')).toBe('appoint')
  // Where the time is agreed on it need not go back; nor from where the work is done, nor where no time is ever agreed on.
  expect(backToAppointment(shippedOf('repair'), 'appoint')).toBeNull()
  expect(backToAppointment(shippedOf('repair'), 'confirm')).toBeNull()
  expect(backToAppointment(shippedOf('complaint'), 'review')).toBeNull()
})
