import { defaultWorld } from '../../emulator/world/defaultWorld';
import type { WorldDefinition } from '../../emulator/world/definitions';

/** The usual world without the sample, which takes seconds to make. */
export const smallWorld: WorldDefinition = {
  ...defaultWorld,
  workspaces: defaultWorld.workspaces.map((workspace) => ({ ...workspace, sample: false, functions: [] })),
};
