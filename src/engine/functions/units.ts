import { type Expression, literal, nullOf, sql } from '../expression';
import type { Call, FunctionTable, ScalarFunction } from './registry';
import { temperatures, unitFactors } from './unitFactors';

type Line = readonly [factor: number, offset: number];

/** The value of a unit's entry: of a constant name now, of a computed one by a choice; NULL for a name that is no unit. */
function chosen(call: Call, index: number, units: ReadonlyMap<string, number>): Expression {
  const name = call.constant(index);
  if (typeof name === 'string') return literal('real', units.get(name) ?? null);
  const branches = [...units].reduce(
    (all, [unit, value]) => sql('real')`${all} WHEN ${literal('string', unit)} THEN ${literal('real', value)}`,
    sql('real')`CASE ${call.text(index)}`,
  );
  return sql('real')`${branches} END`;
}

const converted =
  (units: Readonly<Record<string, Line>>): ScalarFunction =>
  (call) => {
    const names = Object.keys(units);
    const part = (at: 0 | 1): ReadonlyMap<string, number> => new Map(names.map((name) => [name, units[name]?.[at] ?? 0]));
    const [factors, offsets] = [part(0), part(1)];
    const [from, to] = [call.constant(1), call.constant(2)];
    // "Invalid units return null."
    if ([from, to].some((name) => typeof name === 'string' && !factors.has(name))) return nullOf('real');
    const base = sql('real')`(${call.as(0, 'real')} * ${chosen(call, 1, factors)} + ${chosen(call, 1, offsets)})`;
    return sql('real')`((${base} - ${chosen(call, 2, offsets)}) / ${chosen(call, 2, factors)})`;
  };

const linear = (quantity: string): ScalarFunction =>
  converted(Object.fromEntries(Object.entries(unitFactors[quantity] ?? {}).map(([name, factor]): [string, Line] => [name, [factor, 0]])));

/** An angle: beside the linear units there is the tilt, the sine of the angle. */
const angle: ScalarFunction = (call) => {
  const [from, to] = [call.constant(1), call.constant(2)];
  if (from !== 'Tilt' && to !== 'Tilt') return linear('angle')(call);
  const unit = (index: number): Expression => chosen(call, index, new Map(Object.entries(unitFactors['angle'] ?? {})));
  const degrees = from === 'Tilt' ? sql('real')`CASE WHEN abs(${call.as(0, 'real')}) <= 1 THEN degrees(asin(${call.as(0, 'real')})) END` : sql('real')`(${call.as(0, 'real')} * ${unit(1)})`;
  return to === 'Tilt' ? sql('real')`sin(radians(${degrees}))` : sql('real')`(${degrees} / ${unit(2)})`;
};

/** Conversions between units of measure. */
export const unitFunctions: FunctionTable = {
  convert_angle: angle,
  convert_energy: linear('energy'),
  convert_force: linear('force'),
  convert_length: linear('length'),
  convert_mass: linear('mass'),
  convert_speed: linear('speed'),
  convert_temperature: converted(temperatures),
  convert_volume: linear('volume'),
};
