// The smallest page that Next can serve: empty, and prerendered by the build.
export default function Empty() {
  return null;
}
