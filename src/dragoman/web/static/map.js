// The signed network on the globe's map. The table below the map holds the same.
"use strict";

(() => {
  const SIGNS = { good: "+", bad: "−", between: "·" };
  let shapes = null;

  const draw = async (box) => {
    if (box.dataset.drawn) return;
    box.dataset.drawn = "yes";
    // One unit is one pixel, so that names can be read on a phone as well.
    const WIDTH = Math.max(300, box.clientWidth);
    const HEIGHT = Math.round(Math.min(620, Math.max(320, WIDTH * 0.5)));
    shapes = shapes || fetch(box.dataset.shapes).then((answer) => answer.json());
    const [world, found] = await Promise.all([
      shapes,
      fetch(box.dataset.src).then((answer) => answer.json()),
    ]);
    const land = topojson.feature(world, world.objects.countries);
    const projection = d3.geoNaturalEarth1().fitSize([WIDTH, HEIGHT], { type: "Sphere" });
    const path = d3.geoPath(projection);
    const svg = d3
      .select(box)
      .append("svg")
      .attr("viewBox", `0 0 ${WIDTH} ${HEIGHT}`)
      .attr("role", "group")
      .attr("aria-label", `States and how they stand on ${found.on}; the table below holds the same.`);
    const all = svg.append("g");

    const nodes = new Map();
    for (const node of found.nodes) {
      const place = node.lon === null ? null : projection([node.lon, node.lat]);
      if (place) nodes.set(node.code, { ...node, px: place[0], py: place[1], busy: 0 });
    }
    const edges = found.rows.filter((row) => nodes.has(row.a) && nodes.has(row.b));
    for (const row of edges) {
      nodes.get(row.a).busy += 1;
      nodes.get(row.b).busy += 1;
    }
    // The most joined states are named first.
    const states = [...nodes.values()].sort((a, b) => b.busy - a.busy || a.code.localeCompare(b.code));
    // A state's land is the shape around its capital; small ones that have none stay dots.
    const camp = new Map();
    const bounds = land.features.map((shape) => path.bounds(shape));
    for (const node of states.filter((one) => one.camp)) {
      const shape = land.features.find(
        (one, index) =>
          bounds[index][0][0] <= node.px && node.px <= bounds[index][1][0] &&
          bounds[index][0][1] <= node.py && node.py <= bounds[index][1][1] &&
          d3.geoContains(one, [node.lon, node.lat]),
      );
      if (shape) camp.set(shape, node.camp);
    }
    all
      .append("g")
      .selectAll("path")
      .data(land.features)
      .join("path")
      .attr("class", (shape) => `land camp${camp.get(shape) || 0}`)
      .attr("d", path);

    const link = all
      .append("g")
      .selectAll("a")
      .data(edges)
      .join("a")
      .attr("href", (row) => `/pair/${row.a}/${row.b}`)
      .attr("aria-label", (row) => `${nodes.get(row.a).name} and ${nodes.get(row.b).name}`)
      .append("g")
      .attr("class", (row) => `edge ${row.sign}`);
    link
      .append("title")
      .text((row) => `${nodes.get(row.a).name} and ${nodes.get(row.b).name}: ${row.score} (${row.happenings} happenings)`);
    for (const kind of ["hit", ""]) {
      link
        .append("line")
        .attr("class", kind)
        .attr("x1", (row) => nodes.get(row.a).px)
        .attr("y1", (row) => nodes.get(row.a).py)
        .attr("x2", (row) => nodes.get(row.b).px)
        .attr("y2", (row) => nodes.get(row.b).py);
    }
    link
      .append("text")
      .attr("x", (row) => (nodes.get(row.a).px + nodes.get(row.b).px) / 2)
      .attr("y", (row) => (nodes.get(row.a).py + nodes.get(row.b).py) / 2)
      .text((row) => SIGNS[row.sign]);
    const dot = all
      .append("g")
      .selectAll("a")
      .data(states)
      .join("a")
      .attr("href", (node) => `/actor/${node.code}`)
      .attr("aria-label", (node) => node.name)
      .append("g")
      .attr("class", (node) => `node camp${node.camp}${node.busy ? "" : " idle"}`);
    dot.append("circle").attr("cx", (node) => node.px).attr("cy", (node) => node.py);
    dot.append("text").attr("x", (node) => node.px).text((node) => node.name);
    dot.append("title").text((node) => node.name);

    // Lines, dots and names keep their size however near one looks.
    const scale = (k) => {
      all.selectAll(".edge line:not(.hit)").style("stroke-width", (row) => Math.min(6, 1.5 + row.happenings / 2) / k);
      all.selectAll(".edge line.hit").style("stroke-width", 14 / k);
      all.selectAll(".edge.bad line:not(.hit)").style("stroke-dasharray", `${8 / k} ${5 / k}`);
      all.selectAll(".edge.between line:not(.hit)").style("stroke-dasharray", `${1 / k} ${5 / k}`);
      all.selectAll(".edge text").style("font-size", `${14 / k}px`).style("stroke-width", `${4 / k}px`).attr("dy", 4 / k);
      all.selectAll(".node circle").attr("r", (node) => (node.busy ? 5 : 3) / k).style("stroke-width", 1.5 / k);
      all.selectAll(".node text").attr("y", (node) => node.py - 8 / k).style("font-size", `${12 / k}px`).style("stroke-width", `${3 / k}px`);
      // A name that would cover another name or dot waits until one looks nearer; its dot stays.
      const taken = states.map((node) => [node.px - 4 / k, node.px + 4 / k, node.py - 4 / k, node.py + 4 / k, node.code]);
      all.selectAll(".node text").style("display", (node) => {
        const [w, h] = [(node.name.length * 7.2) / k, 14 / k];
        const room = [node.px - w / 2, node.px + w / 2, node.py - 7 / k - h, node.py - 7 / k];
        const free = taken.every((one) => one[4] === node.code || room[1] < one[0] || room[0] > one[1] || room[3] < one[2] || room[2] > one[3]);
        if (free) taken.push(room);
        return free ? null : "none";
      });
    };
    const zoom = d3.zoom().scaleExtent([1, 60]).translateExtent([[0, 0], [WIDTH, HEIGHT]]);
    zoom.on("zoom", ({ transform }) => {
      all.attr("transform", transform);
      scale(transform.k);
    });
    svg.call(zoom);
    // Begin where most of those that deal with one another lie; the rest is a step back.
    const fit = (some) => {
      if (!some.length) return d3.zoomIdentity;
      const [left, right] = d3.extent(some, (node) => node.px);
      const [top, bottom] = d3.extent(some, (node) => node.py);
      const k = Math.max(1, Math.min(16, 0.75 / Math.max((right - left) / WIDTH, (bottom - top) / HEIGHT, 0.04)));
      return d3.zoomIdentity.translate(WIDTH / 2, HEIGHT / 2).scale(k).translate(-(left + right) / 2, -(top + bottom) / 2);
    };
    const core = () => {
      const busy = states.filter((node) => node.busy);
      const weights = busy.flatMap((node) => Array(node.busy).fill(node));
      if (!weights.length) return states;
      const [x, y] = [d3.median(weights, (node) => node.px), d3.median(weights, (node) => node.py)];
      const far = (node) => Math.hypot(node.px - x, node.py - y);
      const limit = d3.quantile(weights.map(far).sort(d3.ascending), 0.85);
      return busy.filter((node) => far(node) <= limit + 1);
    };
    svg.call(zoom.transform, fit(core()));
    const controls = box.querySelector(".zoom");
    if (controls) {
      controls.hidden = false;
      controls.addEventListener("click", (event) => {
        const button = event.target.closest("button");
        if (!button) return;
        const by = Number(button.dataset.zoom);
        if (by) svg.call(zoom.scaleBy, by);
        else svg.call(zoom.transform, fit(states));
      });
    }
  };

  const start = () => {
    const box = document.getElementById("map");
    if (box) draw(box);
  };
  start();
  document.addEventListener("htmx:load", start);
})();
