import assert from 'node:assert/strict'
import { test } from 'node:test'
import { greatCircleM } from './great-circle.ts'

const near = (actual: number, expected: number, tolerance: number) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not near ${expected}`)

test('a degree along a meridian is 111.2 km', () => {
  near(greatCircleM(10, 20, 11, 20), 111_195, 1)
})

test('Berlin and Paris lie 877.5 km apart, in either direction', () => {
  near(greatCircleM(52.52, 13.405, 48.8566, 2.3522), 877_464, 500)
  near(greatCircleM(48.8566, 2.3522, 52.52, 13.405), 877_464, 500)
})

test('the short way crosses the date line', () => {
  near(greatCircleM(0, 179.5, 0, -179.5), 111_195, 1)
})

test('opposite points lie half the circumference apart', () => {
  near(greatCircleM(0, 0, 0, 180), 20_015_115, 1)
  near(greatCircleM(90, 0, -90, 77), 20_015_115, 1)
})
