/** What stands where something is loading, in the shape of what will come; silent for who listens. */
const BONE = '<span class="bone"></span><span class="bone bone--mid"></span>';
const WHO =
  '<span class="who"><span class="bone bone--face"></span><span class="stack stack--tight"><span class="bone bone--name"></span><span class="bone bone--sub"></span></span></span>';

const hidden = (inside) => `<div class="bones" aria-hidden="true">${inside}</div>`;

/** A person with a line or two. */
export const personBones = hidden(WHO + BONE);

/** Rows of people. */
export const rowBones = hidden(WHO.repeat(4));
