// The emoji names that people and bots use most, as Slack calls them. An unknown one stays `:name:`.

export const EMOJI = Object.fromEntries(
  `+1 👍|-1 👎|tada 🎉|heart ❤️|bulb 💡|eyes 👀|wave 👋|clap 👏|raised_hands 🙌|pray 🙏|muscle 💪|ok_hand 👌|point_up ☝️
smile 😄|slightly_smiling_face 🙂|grinning 😀|joy 😂|wink 😉|blush 😊|thinking_face 🤔|cry 😢|sweat_smile 😅|heart_eyes 😍
white_check_mark ✅|heavy_check_mark ✔️|x ❌|warning ⚠️|rotating_light 🚨|question ❓|exclamation ❗|100 💯|zap ⚡|fire 🔥
star ⭐|sparkles ✨|rocket 🚀|trophy 🏆|medal 🏅|sports_medal 🏅|first_place_medal 🥇|gift 🎁|balloon 🎈|confetti_ball 🎊
seedling 🌱|herb 🌿|four_leaf_clover 🍀|sunny ☀️|cloud ☁️|rainbow 🌈|palm_tree 🌴|house 🏠|house_with_garden 🏡|office 🏢
face_with_thermometer 🤒|airplane ✈️|calendar 📅|spiral_calendar_pad 🗓️|date 📆|clock9 🕘|hourglass ⌛|alarm_clock ⏰
memo 📝|pencil 📝|pencil2 ✏️|clipboard 📋|bar_chart 📊|chart_with_upwards_trend 📈|chart_with_downwards_trend 📉|dart 🎯
mag 🔍|lock 🔒|unlock 🔓|key 🔑|bell 🔔|no_bell 🔕|speech_balloon 💬|mega 📣|loudspeaker 📢|email 📧|envelope ✉️|inbox_tray 📥
busts_in_silhouette 👥|bust_in_silhouette 👤|handshake 🤝|robot_face 🤖|gear ⚙️|wrench 🔧|hammer 🔨|construction 🚧|package 📦
coffee ☕|beers 🍻|cake 🍰|pizza 🍕|apple 🍎|avocado 🥑|large_green_circle 🟢|large_yellow_circle 🟡|red_circle 🔴|black_circle ⚫
arrow_up ⬆️|arrow_down ⬇️|arrow_right ➡️|arrow_left ⬅️|repeat 🔁|link 🔗|pushpin 📌|bookmark 🔖|books 📚|mortar_board 🎓`
    .split(/[|\n]/)
    .map((pair) => pair.trim().split(" ")),
);
